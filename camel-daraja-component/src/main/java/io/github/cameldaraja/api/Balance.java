package io.github.cameldaraja.api;

import java.math.BigDecimal;

/**
 * What one account of an organisation holds, in shillings and cents (Daraja: "Account Balance"). What a message leaves out is null.
 *
 * @param account   as Safaricom names it, {@code Utility Account} for instance
 * @param currency  {@code KES}
 * @param current   available and reserved together
 * @param available can be paid out now
 * @param reserved  for what is under way
 * @param uncleared not yet there
 */
public record Balance(String account, String currency, BigDecimal current, BigDecimal available, BigDecimal reserved,
                      BigDecimal uncleared) {
}
