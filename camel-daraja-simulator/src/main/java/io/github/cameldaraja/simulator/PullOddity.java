package io.github.cameldaraja.simulator;

/**
 * Ways in which answers of the pull API are known to differ.
 */
public enum PullOddity {
    /** {@code Response Status} and {@code Response Description} instead of keys without blanks, when registering. */
    SPACED_KEYS,
    /** {@code RequestID} instead of {@code ResponseRefID}, when registering. */
    REQUEST_ID,
    /** Phone numbers without 254. */
    SHORT_PHONES,
    /** Times in UTC, as their Z says, instead of East Africa Time. */
    UTC_TIMES,
    /** Rows from the newest to the oldest. */
    NEWEST_FIRST,
    /** The last row of the first page is the first of the next one, as if a row had come in meanwhile. */
    REPEATED_ROW,
    /** The list in the list is left out: rows directly in {@code Response}. */
    FLAT_LIST
}
