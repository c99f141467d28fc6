package io.github.cameldaraja.api;

import java.util.regex.Pattern;

/** M-Pesa's receipt numbers, the business key that customers quote. */
public final class Receipts {

    // date prefix and seven zeros (six were printed, too), or zeros alone: questions and early failures carry it; nothing was
    // booked under it
    private static final Pattern GENERIC = Pattern.compile("([A-Z]{2}[A-Z0-9])?0{6,}", Pattern.CASE_INSENSITIVE);

    private Receipts() {
    }

    /** The text, trimmed, if it can be a receipt; null for a missing or a generic id ({@code OA90000000}). */
    public static String real(String text) {
        String receipt = text == null ? "" : text.trim();
        return receipt.isEmpty() || GENERIC.matcher(receipt).matches() ? null : receipt;
    }
}
