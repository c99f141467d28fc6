package io.github.cameldaraja.api;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of one message about a payment. */
public enum Verdict {
    /** It ended the payment. */
    APPLIED("applied", true),
    /** The very message was heard before. */
    DUPLICATE("duplicate", false),
    /** It agrees with what is known and brings nothing new. */
    LATE("late", false),
    /** It agrees with what is known and brings something new, the receipt for instance. */
    ENRICHED("enriched", true),
    /** Better evidence overtook an earlier failure; or a person has decided against what was known and in doubt. */
    CORRECTED("corrected", true),
    /** It contradicts better or equal evidence, or names another amount: a person must look. */
    CONFLICT("conflict", false),
    /** It could not be read, or does not say what became of the payment. */
    UNMATCHED("unmatched", false),
    /** It carries our capability, but no such payment is stored. */
    ORPHAN("orphan", false),
    /** It carries our capability, but came from an address that is not listed: kept, and asked about. */
    OFF_RANGE("offRange", false);

    private final String text;
    private final boolean delivered;

    Verdict(String text, boolean delivered) {
        this.text = text;
        this.delivered = delivered;
    }

    /** The name in headers, JSON and logs, {@code offRange} for instance. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    /** Whether routes are told. */
    public boolean isDelivered() {
        return delivered;
    }
}
