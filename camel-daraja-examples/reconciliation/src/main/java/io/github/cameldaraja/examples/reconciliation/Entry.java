package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.transaction.References;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A payment as one side has it; what it does not know is null.
 *
 * @param number           unique within a run
 * @param receipt          M-Pesa's
 * @param reference        ours
 * @param operation        as in the URI
 * @param status           as in the ledger, or {@link #DISPUTED}
 * @param at               when M-Pesa has booked it; where our ledger was not told, when it was stored
 * @param phone            masked
 * @param accountReference as typed, or as we asked
 */
record Entry(Side side, long number, String receipt, String reference, String operation, String status, BigDecimal amount, Instant at,
             String phone, String accountReference) {

    static final String DISPUTED = "DISPUTED";
    private static final Duration APART = Duration.ofMinutes(15);
    private static final Pattern NUMBER = Pattern.compile("254[71]\\*{5}\\d{3}");
    // letters beyond those of hexadecimal digits: last, and never a receipt's
    private static final String NO_RECEIPT = "zz";

    /** What both sides are sorted and compared by; digits of hexadecimal numbers, which every database sorts alike. */
    String key() {
        return receipt == null ? NO_RECEIPT + "%016x".formatted(number)
                : HexFormat.of().formatHex(References.canonical(receipt).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a person must decide about it anyway. */
    boolean isDisputed() {
        return DISPUTED.equals(status);
    }

    /** Whether it looks like the same payment: amount, time, and account or phone. */
    boolean looksLike(Entry other) {
        return amount.compareTo(other.amount) == 0 && Duration.between(at, other.at).abs().compareTo(APART) <= 0
                && !differ(accountReference, other.accountReference) && !(isNumber(phone) && isNumber(other.phone) && differ(phone, other.phone))
                && (accountReference != null && other.accountReference != null || phone != null && other.phone != null);
    }

    /** The same payment twice, but for the receipt's case. */
    boolean isRepeatOf(Entry other) {
        return amount.compareTo(other.amount) == 0 && at.equals(other.at);
    }

    // some messages have a hash of it, or a part
    private static boolean isNumber(String phone) {
        return phone != null && NUMBER.matcher(phone).matches();
    }

    private static boolean differ(String one, String other) {
        return one != null && other != null && !one.trim().equalsIgnoreCase(other.trim());
    }
}
