package io.github.cameldaraja.api;

import java.util.Map;
import java.util.Optional;

/**
 * A question about one payment.
 *
 * @param api    a {@link QueryApi} or {@link QuestionApi}
 * @param fields what identifies the payment, by field name
 */
public record Inquiry(RequestApi api, Map<String, String> fields) {

    /** The question of that API about the payment; empty if none of the ids is good for it. */
    public static Optional<Inquiry> about(RequestApi api, PaymentIds ids) {
        Map<String, String> fields = api.about(ids);
        return fields.isEmpty() ? Optional.empty() : Optional.of(new Inquiry(api, fields));
    }
}
