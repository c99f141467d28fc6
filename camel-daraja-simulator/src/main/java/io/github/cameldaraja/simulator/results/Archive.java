package io.github.cameldaraja.simulator.results;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Finds transactions, in the books and among the requests.
 */
final class Archive {

    private static final String COMPLETED = "Completed";

    private final Ledger ledger;
    private final Merchant merchant;
    private final Jobs jobs;

    Archive(Ledger ledger, Merchant merchant, Jobs jobs) {
        this.ledger = ledger;
        this.merchant = merchant;
        this.jobs = jobs;
    }

    Optional<Sighting> byReceipt(String receipt) {
        return ledger.payment(receipt).map(this::view)
                .or(() -> ledger.transfer(receipt).map(this::view))
                .or(() -> jobs.byTransaction(receipt).filter(Archive::movesMoney).map(this::view));
    }

    Optional<Sighting> byConversation(String originatorConversationId) {
        return ledger.transferOf(originatorConversationId).map(this::view)
                .or(() -> jobs.byOriginator(originatorConversationId).filter(Archive::movesMoney).map(this::view));
    }

    private static boolean movesMoney(Job job) {
        return job.api() != ResultApi.STATUS && job.api() != ResultApi.BALANCE;
    }

    private Sighting view(LedgerEntry entry) {
        String receiver = merchant.inBooks(entry.partyB());
        return new Sighting(entry.receipt(), Set.of(entry.payerPhone(), receiver), party(entry.payerPhone()),
                party(entry.partyB()), "MMF Account For Customer",
                merchant.isTill(receiver) ? "Customer Merchant Payment" : "Pay Bill Online", COMPLETED,
                entry.amount().toPlainString(), entry.merchantRequestId(), null, entry.at(), entry.at());
    }

    private Sighting view(Transfer transfer) {
        Instant initiated = jobs.byOriginator(transfer.originatorConversationId()).map(Job::acceptedAt)
                .orElse(transfer.at());
        return new Sighting(transfer.receipt(), Sighting.parties(transfer.from(), transfer.to()),
                party(transfer.from()), party(transfer.to()), transfer.fromAccount(),
                Reasons.of(transfer.operation()), COMPLETED, transfer.amount().toPlainString(),
                transfer.originatorConversationId(), transfer.conversationId(), initiated, transfer.at());
    }

    /** Of a request that has moved no money, or not yet. */
    private Sighting view(Job job) {
        Request request = job.request();
        Outcome outcome = job.outcome();
        String debit = merchant.inBooks(job.service().shortCode(request));
        String credit = job.api() == ResultApi.REVERSAL
                ? ledger.payment(request.get(Request.TRANSACTION_ID)).map(LedgerEntry::payerPhone).orElse("")
                : merchant.inBooks(request.get(Request.PARTY_B));
        return new Sighting(outcome == null ? null : outcome.transactionId(), Sighting.parties(debit, credit),
                party(debit), credit.isEmpty() ? null : party(credit), null,
                Reasons.of(request.get(Request.COMMAND_ID)), status(job), request.get(Request.AMOUNT),
                job.originatorConversationId(), job.conversationId(), job.acceptedAt(),
                outcome == null ? null : outcome.at());
    }

    private static String status(Job job) {
        if (job.pending()) {
            return "Pending";
        }
        if (job.fate().decision() == ResultFate.Decision.EXPIRY) {
            return "Expired";
        }
        return "Declined";
    }

    private String party(String number) {
        return Formats.isPhone(number) ? merchant.customer(number) : merchant.organisation(number);
    }
}
