package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The payroll: which line may be sent, what became of each, and the account of all of them. The routes call it by name. */
public class Payroll implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Payroll.class);
    private static final ZoneOffset NAIROBI = ZoneOffset.ofHours(3);

    /** Our own account is empty, closed or not allowed to pay: the next line would fail the same. */
    private static final Set<String> OUR_ACCOUNT = Set.of("1", "5", "11", "2006", "2028");
    /** Safaricom does not let the operator in; going on would lock him. */
    private static final Set<String> OUR_OPERATOR = Set.of("18", "20", "21", "22", "2001", "8006", "TP40153");

    private static final String AGAIN = "; what was not sent stays so until the file is put in again";
    private static final String LEFT = "sent by a process that has ended; M-Pesa is asked where there is an id to ask with,"
            + " and the line is never sent again";

    private final PayrollTable table;
    private final Traces traces;

    Payroll(PayrollTable table, Traces traces) {
        this.table = table;
        this.traces = traces;
        int left = table.abandon(LEFT);
        if (left > 0) {
            LOG.warn("{} payments of an earlier process are open: they are asked about and never sent again", left);
        }
    }

    /**
     * Takes in a file, or takes it up again.
     *
     * @return the payments that were not sent yet, in the file's order
     * @throws InvalidPayrollException naming everything that is wrong; then nothing is sent
     */
    public List<String> accept(@Header(Exchange.FILE_NAME_ONLY) String fileName, byte[] content) throws InvalidPayrollException {
        PayrollFile file = PayrollFile.read(fileName, content);
        if (traces.has(file.run()) && !table.knows(file.run())) {
            throw new InvalidPayrollException(List.of(Problem.ofFile("it was begun before, but the table that knows who was paid"
                    + " is lost; look at the M-Pesa portal who was paid, and put the others into a file of another name")));
        }
        table.accept(file);
        traces.leave(file.run());
        return table.unsent(file.run());
    }

    /** Whether anything may be sent: the payment's run was not stopped, and the application is not about to end. */
    public boolean goesOn(String payment, CamelContext application) {
        return !application.isStopping() && !table.isStopped(payment);
    }

    /** Fails if the application is about to end: so the file stays in its folder, and the next start takes it up again. */
    public void requireRunning(CamelContext application) {
        if (application.isStopping()) {
            throw new IllegalStateException("the application ends; what was not sent is sent after the next start");
        }
    }

    /** Claims a payment, once and for all: what to send, or null if it may not be sent. */
    public B2c.Request claim(String payment) {
        Line line = table.claim(payment);
        return line == null ? null : line.request();
    }

    /** M-Pesa has taken the request. That is not a payment. */
    public void acknowledged(@Variable("payment") String payment, Object answer) {
        if (answer instanceof Outcome known) {
            book(known);
        } else if (answer instanceof Acknowledgement acknowledgement) {
            table.sent(payment, LineStatus.PENDING, acknowledgement.originatorConversationId(), null,
                    "acknowledged; the outcome is awaited", now());
        }
    }

    /** The request was not acknowledged. Only what was certainly not sent may be sent later. */
    public void notAcknowledged(@Variable("payment") String payment,
                                @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
                                @Header(DarajaConstants.ORIGINATOR_CONVERSATION_ID) String originator) {
        if (failure instanceof DarajaRequestException refused) {
            table.sent(payment, LineStatus.FAILED, null, refused.getErrorCode(), refused.getMessage(), now());
        } else if (failure instanceof DarajaException unsent && !(failure instanceof DarajaOutcomeUnknownException)) {
            table.sent(payment, LineStatus.NOT_SENT, null, unsent.getErrorCode(), unsent.getMessage(), now());
            stop(payment, "M-Pesa does not take requests: " + unsent.getMessage());
        } else {
            LOG.warn("Whether {} was paid is not known yet: {}", payment, failure.getMessage());
            table.sent(payment, LineStatus.UNKNOWN, originator, null,
                    "it may have been paid; M-Pesa is asked, and it is never sent again", now());
        }
    }

    /** Books what became of a payment; its name came back as its idempotency key. */
    public void book(Outcome outcome) {
        if (outcome.status().isFinal()) {
            book(outcome.idempotencyKey(), outcome);
        }
    }

    /** Payments of an earlier process that M-Pesa is to be asked about. */
    public List<LeftPayment> left() {
        return table.abandoned();
    }

    /** Books M-Pesa's answer to such a question, if it is one. */
    public void answered(Outcome answer) {
        String payment = LeftPayment.of(answer.metadata());
        Line line = payment == null ? null : table.find(payment);
        if (line == null || !answer.status().isFinal()) {
            LOG.info("M-Pesa has no final answer about {}", payment);
        } else if (answer.amount() != null && answer.amount().longValueExact() != line.amount()) {
            LOG.error("A person must look: M-Pesa tells of another amount than that of {}", line);
        } else {
            book(payment, answer);
        }
    }

    /** The runs that have changed since they were written down. */
    public List<Report> unreported() {
        return table.unreported();
    }

    /** A report is in its file. */
    public void reported(@Variable("report") Report report) {
        if (report.isFinal()) {
            traces.removeInterim(report);
        }
        table.reported(report);
    }

    @Override
    public void close() {
        table.close();
    }

    private void book(String payment, Outcome outcome) {
        OffsetDateTime when = outcome.transactionDate() == null ? now() : outcome.transactionDate();
        if (payment == null || !table.book(payment, outcome, when)) {
            LOG.error("A person must look: {} belongs to no line of any payroll", outcome);
        } else if (!outcome.isCompleted() && isOurs(outcome.resultCode())) {
            stop(payment, "M-Pesa said " + outcome.resultCode() + ", " + outcome.resultDescription());
        }
    }

    // null where only a query spoke
    private static boolean isOurs(String code) {
        return code != null && (OUR_ACCOUNT.contains(code) || OUR_OPERATOR.contains(code));
    }

    private void stop(String payment, String why) {
        LOG.error("Nothing more is sent of the payroll of {}: {}", payment, why);
        table.stop(payment, why + AGAIN);
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(NAIROBI).truncatedTo(ChronoUnit.SECONDS);
    }
}
