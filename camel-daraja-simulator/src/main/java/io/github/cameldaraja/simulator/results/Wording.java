package io.github.cameldaraja.simulator.results;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.cameldaraja.simulator.money.Account;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * How results write money and times.
 */
final class Wording {

    static final String INTERNAL = "https://internalsandbox.safaricom.co.ke/mpesa/";
    static final String TIMEOUT_KEY = "QueueTimeoutURL";

    private static final DateTimeFormatter DOTTED = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss", Locale.ROOT);

    private Wording() {
    }

    /** With two decimals. */
    static BigDecimal decimal(long shillings) {
        return BigDecimal.valueOf(shillings).setScale(2);
    }

    /** Like {@code 21.07.2026 09:30:00}. */
    static String dotted(Instant at) {
        return DOTTED.format(at.atZone(Times.NAIROBI));
    }

    /** Like {@code 20260721093000}. */
    static long compact(Instant at) {
        return Long.parseLong(Times.compact(at));
    }

    /** Name, currency, current, available, reserved and uncleared, with pipes between. */
    static String piped(String account, long shillings) {
        String money = decimal(shillings).toPlainString();
        return account + "|KES|" + money + "|" + money + "|0.00|0.00";
    }

    /** An account with pipes between. */
    static String piped(Ledger ledger, String shortCode, Account account) {
        return piped(account.text(), ledger.balance(shortCode, account));
    }

    static String joined(Stream<String> accounts) {
        return accounts.collect(Collectors.joining("&"));
    }

    /** A Java map turned into text, as Safaricom sends it. */
    static String map(long shillings) {
        return "{Amount={CurrencyCode=KES, MinimumAmount=" + shillings * 100 + ", BasicAmount="
                + decimal(shillings).toPlainString() + "}}";
    }

    /** The same in the order of some years ago. */
    static String oldMap(long shillings) {
        return "{ Amount={BasicAmount=" + decimal(shillings).toPlainString() + ", MinimumAmount=" + shillings * 100
                + ", CurrencyCode=KES}}";
    }
}
