package io.github.cameldaraja.examples.wallet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a customer has.
 *
 * @param phone   its number: 254…
 * @param entries what came in, the oldest first
 */
public record Wallet(String phone, BigDecimal balance, List<Entry> entries) {

    @JsonIgnore
    public int httpStatus() {
        return 200;
    }
}
