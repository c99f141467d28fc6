package io.github.cameldaraja.simulator.results;

import java.util.Optional;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Tells what has become of a transaction.
 */
final class StatusQueries implements Service {

    private static final String NOT_FOUND = "2033";
    private static final String CUSTOMER = "1";

    private final Answers answers;
    private final Merchant merchant;
    private final Archive archive;

    StatusQueries(Inside inside, Merchant merchant, Archive archive) {
        this.answers = inside.answers();
        this.merchant = merchant;
        this.archive = archive;
    }

    @Override
    public ResultApi api() {
        return ResultApi.STATUS;
    }

    @Override
    public void check(Request request) {
        if (!asCustomer(request) && !merchant.owns(shortCode(request))) {
            throw new Refused(answers.error(400, "400.003.02", "Bad Request - Kindly use your own ShortCode"));
        }
    }

    @Override
    public String receiver(Request request) {
        String receipt = request.get(Request.TRANSACTION_ID);
        return receipt.isEmpty() ? request.get(Request.ORIGINAL_CONVERSATION_ID) : receipt;
    }

    @Override
    public String party(Request request) {
        return find(request).flatMap(found -> found.parties().stream().filter(Formats::isPhone).findFirst()).orElse(null);
    }

    @Override
    public boolean asksAsOrganisation(Request request) {
        return !asCustomer(request);
    }

    @Override
    public Verdict conclude(Job job) {
        return find(job.request()).isPresent() ? Verdict.done(null) : Verdict.refused(NOT_FOUND);
    }

    @Override
    public void describe(Job job, Outcome outcome, ResultDraft draft) {
        draft.references().textOrEmpty("Occasion", job.request().occasion()).single();
        if (!draft.old()) {
            draft.alphabetical();
        }
        if (outcome.succeeded()) {
            find(job.request()).ifPresent(found -> {
                if (draft.old()) {
                    old(found, draft.text(ResultTexts.OLD_SUCCESS).parameters());
                } else {
                    current(found, draft.parameters());
                }
            });
        }
    }

    /** With DebitPartyName twice: the second one is the credit party. */
    private static void current(Sighting found, Items items) {
        items.text("DebitPartyName", found.debitParty())
                .textOrEmpty("DebitPartyName", found.creditParty())
                .textOrEmpty("OriginatorConversationID", found.originatorConversationId())
                .text("InitiatedTime", Times.compact(found.initiated()))
                .textOrEmpty("DebitAccountType", found.debitAccount())
                .text("DebitPartyCharges", "")
                .empty("TransactionReason")
                .text("ReasonType", found.reason())
                .text("TransactionStatus", found.status())
                .textOrEmpty("FinalisedTime", found.finalised() == null ? null : Times.compact(found.finalised()))
                .text("Amount", found.amount())
                .textOrEmpty("ConversationID", found.conversationId())
                .textOrEmpty("ReceiptNo", found.receipt());
    }

    private static void old(Sighting found, Items items) {
        items.textOrEmpty("ReceiptNo", found.receipt())
                .textOrEmpty("Conversation ID", found.conversationId());
        if (found.finalised() == null) {
            items.empty("FinalizedTime");
        } else {
            items.number("FinalizedTime", Wording.compact(found.finalised()));
        }
        items.number("Amount", Long.parseLong(found.amount()))
                .text("TransactionStatus", found.status())
                .text("ReasonType", found.reason())
                .empty("TransactionReason")
                .empty("DebitPartyCharges")
                .textOrEmpty("DebitAccountType", found.debitAccount())
                .number("InitiatedTime", Wording.compact(found.initiated()))
                .textOrEmpty("Originator Conversation ID", found.originatorConversationId())
                .textOrEmpty("CreditPartyName", found.creditParty())
                .text("DebitPartyName", found.debitParty());
    }

    private Optional<Sighting> find(Request request) {
        String receipt = request.get(Request.TRANSACTION_ID);
        Optional<Sighting> found = receipt.isEmpty()
                ? archive.byConversation(request.get(Request.ORIGINAL_CONVERSATION_ID))
                : archive.byReceipt(receipt);
        return found.filter(sighting -> sighting.parties().contains(merchant.inBooks(shortCode(request))));
    }

    private static boolean asCustomer(Request request) {
        return CUSTOMER.equals(request.get(Request.IDENTIFIER_TYPE));
    }
}
