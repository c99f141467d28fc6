package io.github.cameldaraja.examples.wallet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the customer's app hears.
 *
 * @param reference by which the component knows the payment; null if none was begun
 * @param status    {@code PENDING}: the customer is asked, which is no payment; {@code UNKNOWN}: perhaps asked, do not choose
 *                  another order; {@code REFUSED}: certainly not asked; to an order that was sent before also how it ended
 * @param reason    why it is not paid, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopUpAnswer(String reference, String status, String reason, @JsonIgnore int httpStatus) {
}
