package io.github.cameldaraja.examples.wallet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * A payment that has come in.
 *
 * @param reference {@code CamelDarajaReference}: the same for everything that is ever told about one payment
 * @param receipt   M-Pesa's number for it; null while only a query has spoken
 * @param wallet    who was credited; null: the payment names no wallet, and waits for a person
 * @param source    who told of it first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Entry(String reference, String receipt, @JsonIgnore String wallet, BigDecimal amount, String source) {
}
