package io.github.cameldaraja.simulator.results;

import java.math.BigDecimal;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Account;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Ids;

/**
 * B2C in all its versions, and Pochi: from the utility account to a customer.
 */
final class CustomerPayments implements Service {

    private static final long LOWEST = 10;
    private static final long HIGHEST = 250_000;
    private static final long FULLEST = 500_000;

    private final ResultApi api;
    private final Inside inside;
    private final Ledger ledger;
    private final Merchant merchant;
    private final Identities identities;

    CustomerPayments(ResultApi api, Inside inside, Merchant merchant, Identities identities) {
        this.api = api;
        this.inside = inside;
        this.ledger = inside.ledger();
        this.merchant = merchant;
        this.identities = identities;
    }

    @Override
    public ResultApi api() {
        return api;
    }

    @Override
    public String receiver(Request request) {
        return request.get(Request.PARTY_B);
    }

    @Override
    public Verdict conclude(Job job) {
        Request request = job.request();
        String payer = shortCode(request);
        String phone = request.get(Request.PARTY_B);
        long amount = request.amount();
        if (!ledger.kind(payer).accounts().contains(Account.UTILITY)) {
            return Verdict.refused("2028");
        }
        if (amount < LOWEST || amount > HIGHEST) {
            return Verdict.refused(amount < LOWEST ? "2" : "3");
        }
        String stranger = api == ResultApi.VALIDATED_B2C
                ? identities.refusal(phone, request.get("IDType"), request.get("IDNumber"))
                : null;
        if (stranger != null) {
            return Verdict.refused(stranger);
        }
        if (ledger.customerBalance(phone) + amount > FULLEST) {
            return Verdict.refused("8");
        }
        String receipt = inside.ids().receipt();
        return ledger.transfer(new Transfer(receipt, inside.clock().instant(), request.get(Request.COMMAND_ID),
                        payer, Account.UTILITY.text(), phone, null, BigDecimal.valueOf(amount), null,
                        job.originatorConversationId(), job.conversationId(), null))
                .map(paid -> Verdict.done(receipt))
                .orElseGet(() -> Verdict.refused("1"));
    }

    /** Looks like a receipt, as in reality. */
    @Override
    public String withoutReceipt(Ids ids) {
        return ids.receipt();
    }

    @Override
    public void describe(Job job, Outcome outcome, ResultDraft draft) {
        draft.references().text(Wording.TIMEOUT_KEY, Wording.INTERNAL + "b2cresults/v1/submit").single();
        if (!outcome.succeeded()) {
            return;
        }
        String receiver = merchant.customer(job.request().get(Request.PARTY_B));
        String completed = Wording.dotted(outcome.at());
        long utility = ledger.balance(shortCode(job.request()), Account.UTILITY);
        long working = ledger.balance(shortCode(job.request()), Account.WORKING);
        long charges = ledger.balance(shortCode(job.request()), Account.CHARGES_PAID);
        if (draft.old()) {
            draft.text(ResultTexts.OLD_SUCCESS).parameters()
                    .text("TransactionReceipt", outcome.transactionId())
                    .number("TransactionAmount", job.request().amount())
                    .number("B2CWorkingAccountAvailableFunds", working)
                    .number("B2CUtilityAccountAvailableFunds", utility)
                    .text("TransactionCompletedDateTime", completed)
                    .text("ReceiverPartyPublicName", receiver)
                    .number("B2CChargesPaidAccountAvailableFunds", charges)
                    .text("B2CRecipientIsRegisteredCustomer", "Y");
        } else {
            draft.parameters()
                    .number("TransactionAmount", job.request().amount())
                    .text("TransactionReceipt", outcome.transactionId())
                    .text("ReceiverPartyPublicName", receiver)
                    .text("TransactionCompletedDateTime", completed)
                    .number("B2CUtilityAccountAvailableFunds", Wording.decimal(utility))
                    .number("B2CWorkingAccountAvailableFunds", Wording.decimal(working))
                    .text("B2CRecipientIsRegisteredCustomer", "Y")
                    .number("B2CChargesPaidAccountAvailableFunds", Wording.decimal(charges));
        }
    }

    @Override
    public boolean conversationFirst() {
        return true;
    }
}
