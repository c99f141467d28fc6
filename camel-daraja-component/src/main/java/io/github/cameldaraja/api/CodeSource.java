package io.github.cameldaraja.api;

/** Where a code's meaning is known from, the surest first. */
public enum CodeSource {
    /** Safaricom's developer portal. */
    DOCUMENTED,
    /** Seen on the real service, and published. */
    OBSERVED,
    /** The portal's older texts. */
    FORMERLY_DOCUMENTED,
    /** The portal's newer pages, as others have copied them. */
    TRANSCRIBED,
    /** Other people's programs and articles. */
    THIRD_PARTY,
    /** In no table. */
    NONE
}
