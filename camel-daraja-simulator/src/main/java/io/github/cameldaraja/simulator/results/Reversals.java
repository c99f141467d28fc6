package io.github.cameldaraja.simulator.results;

import java.math.BigDecimal;
import java.util.Optional;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * Gives customers their payments back, from where they have arrived.
 */
final class Reversals implements Service {

    private static final String UNKNOWN = "R000002";
    private static final String DONE_BEFORE = "R000001";

    private final Inside inside;
    private final Ledger ledger;
    private final Merchant merchant;

    Reversals(Inside inside, Merchant merchant) {
        this.inside = inside;
        this.ledger = inside.ledger();
        this.merchant = merchant;
    }

    @Override
    public ResultApi api() {
        return ResultApi.REVERSAL;
    }

    @Override
    public TokenRefusal tokenRefusal() {
        return TokenRefusal.STK;
    }

    @Override
    public String shortCode(Request request) {
        return request.get(Request.RECEIVER_PARTY);
    }

    @Override
    public String receiver(Request request) {
        return request.get(Request.TRANSACTION_ID);
    }

    @Override
    public String party(Request request) {
        return ledger.payment(request.get(Request.TRANSACTION_ID)).map(LedgerEntry::payerPhone).orElse(null);
    }

    @Override
    public Verdict conclude(Job job) {
        Request request = job.request();
        String original = request.get(Request.TRANSACTION_ID);
        String debited = merchant.inBooks(shortCode(request));
        Optional<LedgerEntry> found = ledger.payment(original)
                .filter(entry -> merchant.inBooks(entry.partyB()).equals(debited));
        if (found.isEmpty()) {
            return Verdict.refused(UNKNOWN);
        }
        if (ledger.reversal(original).isPresent()) {
            return Verdict.refused(DONE_BEFORE);
        }
        LedgerEntry payment = found.get();
        BigDecimal amount = BigDecimal.valueOf(request.amount());
        if (amount.compareTo(payment.amount()) > 0) {
            return Verdict.refused("3");
        }
        String receipt = inside.ids().receipt();
        return ledger.transfer(new Transfer(receipt, inside.clock().instant(), request.get(Request.COMMAND_ID),
                        debited, ledger.kind(debited).receiving().text(), payment.payerPhone(), null, amount,
                        payment.accountReference(), job.originatorConversationId(), job.conversationId(), original))
                .map(undone -> Verdict.done(receipt))
                .orElseGet(() -> Verdict.refused("1"));
    }

    @Override
    public void describe(Job job, Outcome outcome, ResultDraft draft) {
        Request request = job.request();
        draft.references().text(Wording.TIMEOUT_KEY, Wording.INTERNAL + "reversalresults/v1/submit").single();
        if (!outcome.succeeded()) {
            return;
        }
        if (draft.old()) {
            draft.text(ResultTexts.OLD_SUCCESS);
            return;
        }
        String original = request.get(Request.TRANSACTION_ID);
        String debited = merchant.inBooks(shortCode(request));
        draft.parameters()
                .text("DebitAccountBalance", Wording.piped(ledger, debited, ledger.kind(debited).receiving()))
                .number("Amount", Wording.decimal(request.amount()))
                .number("TransCompletedTime", Wording.compact(outcome.at()))
                .text("OriginalTransactionID", original)
                .number("Charge", Wording.decimal(0))
                .textOrEmpty("CreditPartyPublicName",
                        ledger.payment(original).map(entry -> merchant.customer(entry.payerPhone())).orElse(null))
                .text("DebitPartyPublicName", merchant.organisation(shortCode(request)));
    }
}
