package io.github.cameldaraja.examples.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where somebody's plan stands.
 *
 * @param active    whether today is paid
 * @param paidUntil the last paid day; null if nothing was ever paid
 * @param renewal   what became of the standing order, which says nothing about money; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(String account, boolean active, String paidUntil, OrderStatus renewal) {

    /** The HTTP status that goes with it. */
    @JsonIgnore
    public int httpStatus() {
        return 200;
    }
}
