package io.github.cameldaraja.simulator.results;

import java.util.List;
import java.util.stream.Stream;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Account;
import io.github.cameldaraja.simulator.money.Ledger;

/**
 * Tells how much is in the accounts of an organisation.
 */
final class Balances implements Service {

    private static final String VALUE = "AccountBalance";
    private static final String COMPLETED = "BOCompletedTime";

    private final Ledger ledger;

    Balances(Inside inside) {
        this.ledger = inside.ledger();
    }

    @Override
    public ResultApi api() {
        return ResultApi.BALANCE;
    }

    @Override
    public String receiver(Request request) {
        return request.get(Request.PARTY_A);
    }

    @Override
    public String foreignShortCode() {
        return "TP40153";
    }

    @Override
    public Verdict conclude(Job job) {
        return Verdict.done(null);
    }

    @Override
    public void describe(Job job, Outcome outcome, ResultDraft draft) {
        draft.references().text(Wording.TIMEOUT_KEY, Wording.INTERNAL + "abresults/v1/submit").single();
        draft.typeAsText(!draft.old()).codeAsText(!draft.old());
        if (!outcome.succeeded()) {
            return;
        }
        String shortCode = shortCode(job.request());
        List<Account> accounts = ledger.kind(shortCode).accounts();
        if (draft.old()) {
            Stream<String> others = accounts.stream().filter(account -> account != Account.WORKING)
                    .map(account -> Wording.piped(ledger, shortCode, account));
            draft.text(ResultTexts.OLD_SUCCESS).parameters()
                    .text(VALUE, Wording.joined(Stream.concat(Stream.of(
                            Wording.piped(ledger, shortCode, Account.WORKING),
                            Wording.piped("Float Account", 0)), others)))
                    .number(COMPLETED, Wording.compact(outcome.at()));
        } else {
            draft.text(ResultTexts.SUCCESS_WITHOUT_STOP).parameters()
                    .text(VALUE, Wording.joined(accounts.stream()
                            .map(account -> Wording.piped(ledger, shortCode, account))))
                    .text(COMPLETED, Long.toString(Wording.compact(outcome.at())));
        }
    }

    @Override
    public String acknowledgement() {
        return "Accept the service request successfully";
    }
}
