package io.github.cameldaraja.examples.paybill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the clerk hears.
 *
 * @param reference by which the component knows the payment; null if none was begun
 * @param status    {@code PENDING}: the customer is asked, which is no payment; {@code UNKNOWN}: perhaps asked, do not ask again;
 *                  {@code REFUSED}: certainly not asked; to a prompt that was sent before also how it ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptAnswer(String reference, String status, String reason, @JsonIgnore int httpStatus) {
}
