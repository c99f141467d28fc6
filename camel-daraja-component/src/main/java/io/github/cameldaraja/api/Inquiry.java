package io.github.cameldaraja.api;

import java.util.Map;

/**
 * A question about one payment.
 *
 * @param api    a {@link QueryApi} or {@link QuestionApi}
 * @param fields what identifies the payment, by field name
 */
public record Inquiry(RequestApi api, Map<String, String> fields) {
}
