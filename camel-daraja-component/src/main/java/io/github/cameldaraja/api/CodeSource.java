package io.github.cameldaraja.api;

/** Where a code's meaning is known from, the surest first. */
public enum CodeSource {
    /** Safaricom's developer portal. */
    DOCUMENTED,
    /** Seen on the real service, and published. */
    OBSERVED,
    /** The portal's older texts. */
    FORMERLY_DOCUMENTED,
    /** Other people's programs and articles. */
    THIRD_PARTY,
    /** In no table. */
    NONE
}
