package io.github.cameldaraja.api;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * An answer that lists payments, page by page, for whoever looks again and again.
 *
 * @param <A> its answer
 */
public interface StatementApi<A extends DarajaAnswer> extends AnswerApi<A> {

    /**
     * The fields that ask for one page.
     *
     * @param offset rows before this page
     */
    Map<String, String> page(OffsetDateTime from, OffsetDateTime until, int offset);

    /** How many rows of the statement the page has, payments or not; none means that there are no more. */
    int rows(A answer);

    /** The payments of a page, each with receipt, amount and {@link Source#PULL}; in the order of the answer. */
    List<Outcome.Builder> payments(A answer);

    /**
     * The rows of a page that tell of a payment, as far as one can see, and cannot be read: without a receipt, for instance, or without
     * an amount. Each with all that it says.
     */
    default List<Map<String, Object>> unreadable(A answer) {
        return List.of();
    }

    /** How far back the API can look. */
    Duration window();
}
