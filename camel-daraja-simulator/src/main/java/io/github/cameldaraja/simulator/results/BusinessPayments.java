package io.github.cameldaraja.simulator.results;

import java.math.BigDecimal;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Account;
import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.money.Ledger;

/**
 * B2B and taxes: between organisations, or between accounts of one.
 */
final class BusinessPayments implements Service {

    private static final String NOT_PERMITTED = "2028";
    private static final String INVALID_RECEIVER = "SFC_IC0003";
    private static final String TILL_NUMBER = "2";

    private final ResultApi api;
    private final Inside inside;
    private final Ledger ledger;
    private final Merchant merchant;

    BusinessPayments(ResultApi api, Inside inside, Merchant merchant) {
        this.api = api;
        this.inside = inside;
        this.ledger = inside.ledger();
        this.merchant = merchant;
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
        BusinessCommand command = command(request);
        String payer = merchant.inBooks(shortCode(request));
        String receiver = merchant.inBooks(request.get(Request.PARTY_B));
        boolean asTill = TILL_NUMBER.equals(request.get(Request.RECEIVER_TYPE));
        Kind known = ledger.organisations().get(receiver);
        Kind kind = known == null ? command.newcomer(asTill) : known;
        if (!command.reaches(kind) || command.own() && !payer.equals(receiver)
                || (asTill ? kind != Kind.TILL : merchant.isTill(request.get(Request.PARTY_B)))) {
            return Verdict.refused(INVALID_RECEIVER);
        }
        Account from = command.from();
        Account to = command.to(kind);
        if (!ledger.kind(payer).accounts().contains(from) || !kind.accounts().contains(to)
                || payer.equals(receiver) && from == to) {
            return Verdict.refused(NOT_PERMITTED);
        }
        ledger.introduce(receiver, kind);
        String receipt = inside.ids().receipt();
        String reference = request.get(Request.ACCOUNT_REFERENCE);
        return ledger.transfer(new Transfer(receipt, inside.clock().instant(), command.text(), payer, from.text(),
                        receiver, to.text(), BigDecimal.valueOf(request.amount()),
                        reference.isEmpty() ? null : reference, job.originatorConversationId(),
                        job.conversationId(), null))
                .map(paid -> Verdict.done(receipt))
                .orElseGet(() -> Verdict.refused("1"));
    }

    @Override
    public void describe(Job job, Outcome outcome, ResultDraft draft) {
        if (outcome.succeeded()) {
            succeeded(job, outcome, draft);
        } else if (api == ResultApi.TAX) {
            draft.typeAsText(true).parameters()
                    .text("BOCompletedTime", Long.toString(Wording.compact(outcome.at())));
            draft.references().text(Wording.TIMEOUT_KEY, job.request().get(Request.TIMEOUT_URL)).single();
        } else if (command(job.request()) == BusinessCommand.TOP_UP) {
            bill(job, draft.parameters());
            draft.parameters().single();
            bill(job, draft.references());
            draft.references().text(Wording.TIMEOUT_KEY, Wording.INTERNAL + "b2bresults/v1/submit")
                    .textOrEmpty("Occassion", job.request().occasion());
        } else {
            draft.parameters().number("BOCompletedTime", Wording.compact(outcome.at())).single();
            draft.references().text(Wording.TIMEOUT_KEY, Wording.INTERNAL + "b2bresults/v1/submit").single();
        }
    }

    private void succeeded(Job job, Outcome outcome, ResultDraft draft) {
        Request request = job.request();
        BusinessCommand command = command(request);
        String payer = merchant.inBooks(shortCode(request));
        long balance = ledger.balance(payer, command.from());
        String affected = Wording.piped(ledger, payer, command.from());
        String receiver = merchant.organisation(request.get(Request.PARTY_B));
        if (draft.old()) {
            old(request, outcome, draft, balance, affected, receiver);
            return;
        }
        draft.typeAsText(true).codeAsText(true).text(ResultTexts.SUCCESS_WITHOUT_STOP);
        if (command == BusinessCommand.DISBURSEMENT) {
            draft.parameters()
                    .text("DebitAccountBalance", affected)
                    .text("CreditAccountBalance", Wording.piped(ledger,
                            merchant.inBooks(request.get(Request.PARTY_B)), Account.WORKING))
                    .text("TransCompletedTime", Long.toString(Wording.compact(outcome.at())))
                    .text("DebitPartyCharges", "")
                    .text("DebitPartyPublicName", merchant.organisation(shortCode(request)))
                    .text("CreditPartyPublicName", receiver)
                    .text("Currency", "KES");
        } else {
            draft.parameters()
                    .text("DebitAccountBalance", Wording.map(balance))
                    .text("Amount", Wording.decimal(request.amount()).toPlainString())
                    .text("DebitPartyAffectedAccountBalance", affected)
                    .text("TransCompletedTime", Long.toString(Wording.compact(outcome.at())))
                    .text("DebitPartyCharges", "")
                    .text("ReceiverPartyPublicName", receiver)
                    .text("Currency", "KES")
                    .text("InitiatorAccountCurrentBalance", Wording.map(balance));
        }
        draft.references()
                .textOrEmpty("BillReferenceNumber", request.get(Request.ACCOUNT_REFERENCE))
                .text(Wording.TIMEOUT_KEY, request.get(Request.TIMEOUT_URL));
        if (!request.occasion().isEmpty()) {
            draft.references().text("Occassion", request.occasion());
        }
    }

    private static void old(Request request, Outcome outcome, ResultDraft draft, long balance, String affected,
            String receiver) {
        draft.text(ResultTexts.OLD_SUCCESS).parameters()
                .text("InitiatorAccountCurrentBalance", Wording.oldMap(balance))
                .text("DebitAccountCurrentBalance", Wording.oldMap(balance))
                .number("Amount", request.amount())
                .text("DebitPartyAffectedAccountBalance", affected)
                .number("TransCompletedTime", Wording.compact(outcome.at()))
                .empty("DebitPartyCharges")
                .text("ReceiverPartyPublicName", receiver)
                .text("Currency", "KES");
        draft.references()
                .textOrEmpty("BillReferenceNumber", request.get(Request.ACCOUNT_REFERENCE))
                .text(Wording.TIMEOUT_KEY, Wording.INTERNAL + "b2bresults/v1/submit")
                .textOrEmpty("Occasion", request.occasion());
    }

    /** A number if it can be one, as on the portal. */
    private static void bill(Job job, Items items) {
        String reference = job.request().get(Request.ACCOUNT_REFERENCE);
        if (reference.matches("[1-9]\\d*")) {
            items.number("BillReferenceNumber", Long.parseLong(reference));
        } else {
            items.textOrEmpty("BillReferenceNumber", reference);
        }
    }

    private static BusinessCommand command(Request request) {
        return BusinessCommand.of(request.get(Request.COMMAND_ID)).orElseThrow();
    }
}
