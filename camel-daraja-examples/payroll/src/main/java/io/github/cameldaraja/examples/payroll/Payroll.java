package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Balance;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaKeyConflictException;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The payroll: whether there is money, which line may be sent, and what became of each. The routes call it by name. */
public class Payroll {

    private static final Logger LOG = LoggerFactory.getLogger(Payroll.class);

    /** Our own account has not enough. */
    private static final Set<String> MONEY = Set.of("1", "5");
    /** It is closed or may not pay, or our operator is refused: the next line would fail the same. */
    private static final Set<String> OURS =
            Set.of("11", "18", "20", "21", "22", "2001", "2006", "2028", "8006", "TP40153");
    /** As many lines at once as a look into the table brings. */
    private static final int AT_ONCE = 100;

    private final Lines lines;
    private final Runs runs;
    private final String account;
    private final Duration balancePeriod;
    private final int attempts;

    /**
     * @param account       that money is paid from, as M-Pesa names it
     * @param balancePeriod the time between two questions for the balance while a run waits for money
     * @param attempts      how often a line is sent at most while M-Pesa says that it is not the line's fault
     */
    Payroll(Lines lines, Runs runs, String account, Duration balancePeriod, int attempts) {
        this.lines = lines;
        this.runs = runs;
        this.account = account;
        this.balancePeriod = balancePeriod;
        this.attempts = attempts;
        runs.interrupted();
    }

    /** Whether the balance is to be asked now: the number of the question, or null. */
    public Long question() {
        return runs.ask(balancePeriod);
    }

    /** M-Pesa has told the balance, or that it will not: each run that it is enough for goes on. */
    public void funded(@Variable("question") long question, Outcome answer) {
        BigDecimal available = answer.balances().stream().filter(balance -> account.equals(balance.account()))
                .map(Balance::available).findFirst().orElse(null);
        if (!answer.isCompleted() || available == null) {
            wait(question, "M-Pesa does not say what the " + account + " holds: " + answer.resultDescription());
            return;
        }
        BigDecimal left = available.subtract(BigDecimal.valueOf(runs.toPay()));
        for (Runs.Waiting run : runs.waiting(question)) {
            BigDecimal after = left.subtract(BigDecimal.valueOf(run.shillings()));
            if (after.signum() >= 0) {
                left = after;
                runs.goOn(run.run(), question);
                LOG.info("{} goes on: {} shillings are to be paid, and the {} holds {}", run.run(), run.shillings(), account, available);
            } else {
                keepWaiting(run, question, "insufficient funds: " + run.shillings() + " shillings are to be paid, and the " + account
                        + " holds " + left.max(BigDecimal.ZERO).toPlainString() + " for it; top up " + after.negate().toPlainString()
                        + " or more, then it goes on by itself");
            }
        }
    }

    /** The question for the balance was not answered. */
    public void notFunded(@Variable("question") long question,
                          @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        wait(question, "the balance cannot be asked: " + failure.getMessage());
    }

    /** Payments that may be sent now; none when the application is about to end. */
    public List<String> due(CamelContext application) {
        return application.isStopping() ? List.of() : lines.due(AT_ONCE);
    }

    /** Whether the payment's run sends now: else it need not wait for its turn. */
    public boolean goesOn(String payment, CamelContext application) {
        return !application.isStopping() && lines.isDue(payment);
    }

    /** Claims a payment: what to send, or null if it may not be sent. */
    public Line claim(String payment, CamelContext application) {
        return application.isStopping() ? null : lines.claim(payment, runs.now());
    }

    /** M-Pesa has taken the request, which is not a payment; or did so before, and the component knows what became of it. */
    public void acknowledged(@Variable("line") Line line, Object answer) {
        if (answer instanceof Outcome outcome) {
            settle(outcome);
        } else if (answer instanceof Acknowledgement acknowledgement) {
            lines.sent(line, LineStatus.PENDING, null, acknowledgement.responseDescription(), runs.now());
        }
    }

    /** The request was not acknowledged. Only what was certainly not sent is sent later. */
    public void notAcknowledged(@Variable("line") Line line,
                                @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (line == null) {
            LOG.warn("A line was not claimed, and is tried again: {}", failure.toString());
        } else if (failure instanceof DarajaKeyConflictException || failure instanceof DarajaKeyUsedException) {
            // what the key was used for is not what this line is: perhaps paid, and nobody here knows
            lines.sent(line, LineStatus.UNKNOWN, null, failure.getMessage(), runs.now());
            stop(line, failure.getMessage());
        } else if (failure instanceof DarajaRequestException refused) {
            lines.sent(line, LineStatus.FAILED, refused.getErrorCode(), refused.getMessage(), runs.now());
        } else if (failure instanceof DarajaException unsent && !(failure instanceof DarajaOutcomeUnknownException)) {
            lines.notSent(line);
            pause(line, "M-Pesa does not take requests: " + unsent.getMessage());
        } else {
            LOG.warn("Whether {} was paid is not known yet: {}", line.key(), failure.getMessage());
            lines.sent(line, LineStatus.UNKNOWN, null, "it may have been paid; M-Pesa is asked, and nobody sends it a second time",
                    runs.now());
        }
    }

    /**
     * Books what became of a payment; its name came back as its idempotency key.
     *
     * <p>The line is written in the transaction of the route, together with the component's mark that the route was told.
     */
    public void book(Outcome outcome) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an outcome is booked within a transaction; add transacted=true to from(\"daraja:…\")");
        }
        settle(outcome);
    }

    /** How far all runs have got, the newest first. */
    public List<Progress> progress() {
        return runs.all();
    }

    // may be told more than once
    private void settle(Outcome outcome) {
        Line.Key key = Line.Key.of(outcome.idempotencyKey());
        Line line = key == null ? null : lines.find(key.payment());
        OffsetDateTime when = outcome.transactionDate() == null ? runs.now() : outcome.transactionDate();
        if (line == null) {
            LOG.error("A person must look: {} belongs to no line of any payroll", outcome);
        } else if (outcome.isCompleted()) {
            paid(line, key.attempt(), outcome, when);
        } else if (outcome.status().isFinal() && key.attempt() == line.attempt()) {
            notPaid(line, outcome, when);
        } else {
            LOG.info("Nothing new of {}: {}", line, outcome);
        }
    }

    private void paid(Line line, int attempt, Outcome outcome, OffsetDateTime when) {
        if (!lines.paid(line, attempt, outcome, when)) {
            LOG.error("A person must look: attempt {} of {} was said to have failed, and was paid: {}", attempt, line, outcome);
            lines.remark(line, "attempt " + attempt + " was said to have failed, and was paid with " + outcome.receiptNumber()
                    + "; if the line is paid twice, have one of the two reversed");
        } else if (outcome.amount() != null && outcome.amount().compareTo(BigDecimal.valueOf(line.amount())) != 0) {
            LOG.error("A person must look: M-Pesa tells of another amount than that of {}: {}", line, outcome);
            lines.remark(line, "M-Pesa tells of " + outcome.amount().toPlainString() + " shillings; look at the portal what was paid");
        }
    }

    private void notPaid(Line line, Outcome outcome, OffsetDateTime when) {
        String code = outcome.resultCode();
        String said = "M-Pesa said " + code + ", " + outcome.resultDescription();
        // null where only a query spoke
        boolean money = code != null && MONEY.contains(code);
        boolean ours = money || code != null && OURS.contains(code);
        boolean changed = ours && line.attempt() < attempts ? lines.unpaid(line, outcome, when)
                : lines.failed(line, ours || code == null || Boolean.TRUE.equals(outcome.retriable()), outcome, when);
        if (changed && money) {
            pause(line, "insufficient funds: " + said + "; top up the " + account + ", then it goes on by itself");
        } else if (changed && ours) {
            stop(line, said);
        }
    }

    private void wait(long question, String why) {
        runs.waiting(question).forEach(run -> keepWaiting(run, question, why + "; it is asked again"));
    }

    // it is asked again and again: a person is told once
    private void keepWaiting(Runs.Waiting run, long question, String why) {
        if (!why.equals(run.reason())) {
            LOG.error("Nothing is sent of {}: {}", run.run(), why);
        }
        runs.keepWaiting(run.run(), question, why);
    }

    private void pause(Line line, String why) {
        String run = lines.run(line);
        if (runs.pause(run, why)) {
            LOG.error("Nothing more is sent of {} for now: {}", run, why);
        }
    }

    private void stop(Line line, String why) {
        String run = lines.run(line);
        if (runs.stop(run, why + "; nothing more is sent until somebody has put it right and puts the file in again")) {
            LOG.error("Nothing more is sent of {}: {}", run, why);
        }
    }
}
