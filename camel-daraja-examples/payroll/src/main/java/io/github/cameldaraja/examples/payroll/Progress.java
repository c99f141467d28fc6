package io.github.cameldaraja.examples.payroll;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How far a run has got, as the page shows it.
 *
 * @param state     WAITING, RUNNING or STOPPED; SENT when every line is on its way, and DONE when nothing more is expected
 * @param reason    why it waits or was stopped, or null
 * @param lines     all that can be paid
 * @param sent      what has left for M-Pesa, whatever came of it
 * @param onTheWay  sent, and the outcome is awaited
 * @param unknown   sent, or perhaps sent, and asked about
 * @param invalid   how many lines of the file cannot be paid as they stand
 * @param problems  what is wrong with the first of them
 * @param perSecond how many were sent a second, in the last minute
 * @param end       when the last one will be sent at this pace, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(String run, String state, String reason, Sum lines, Sum unsent, Sum sent, Sum onTheWay, Sum unknown, Sum paid,
                       Sum failed, Sum withdrawn, long invalid, List<String> problems, double perSecond, String end) {

    /** Lines, and what they are worth. */
    public record Sum(long lines, long shillings) {

        private static final Sum NONE = new Sum(0, 0);

        private Sum plus(Sum other) {
            return new Sum(lines + other.lines, shillings + other.shillings);
        }
    }

    static Progress of(String run, String state, String reason, Map<LineStatus, Sum> sums, long invalid, List<String> problems,
                       double perSecond, OffsetDateTime now) {
        Sum unsent = sum(sums, LineStatus.UNSENT);
        Sum onTheWay = sum(sums, LineStatus.SENDING, LineStatus.PENDING);
        Sum unknown = sum(sums, LineStatus.UNKNOWN);
        Sum sent = sum(sums, LineStatus.SENDING, LineStatus.PENDING, LineStatus.UNKNOWN, LineStatus.PAID, LineStatus.FAILED);
        boolean over = unsent.lines() == 0 && !"STOPPED".equals(state);
        boolean done = over && onTheWay.lines() + unknown.lines() == 0;
        boolean runs = !over && "RUNNING".equals(state) && perSecond > 0;
        return new Progress(run, done ? "DONE" : over ? "SENT" : state, over ? null : reason,
                sum(sums, LineStatus.values()), unsent, sent, onTheWay, unknown, sum(sums, LineStatus.PAID),
                sum(sums, LineStatus.FAILED), sum(sums, LineStatus.WITHDRAWN), invalid, problems, perSecond,
                runs ? end(now, unsent.lines() / perSecond) : null);
    }

    private static Sum sum(Map<LineStatus, Sum> sums, LineStatus... of) {
        return Stream.of(of).map(status -> sums.getOrDefault(status, Sum.NONE)).reduce(Sum.NONE, Sum::plus);
    }

    private static String end(OffsetDateTime now, double seconds) {
        return now.plusSeconds((long) Math.ceil(seconds)).truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** For logs. */
    @Override
    public String toString() {
        return "%s, %d lines of %d shillings: %d unsent, %d on their way, %d unknown, %d paid, %d failed; %d lines cannot be paid"
                .formatted(state, lines.lines(), lines.shillings(), unsent.lines(), onTheWay.lines(), unknown.lines(), paid.lines(),
                        failed.lines(), invalid);
    }
}
