package io.github.cameldaraja.account;

/**
 * What a capability URL of one request is for; the character stands in its path. The operation does not: the reference leads to the
 * stored payment, which names it. Other characters are {@link io.github.cameldaraja.api.RegisteredUrl}'s.
 */
public enum CallbackKind {
    /** The outcome of the request. */
    RESULT('1'),
    /** It expired in Safaricom's queue: nothing is known. */
    TIMEOUT('2'),
    /** The answer to a question of ours about the payment. */
    ANSWER('7'),
    /** That question expired in Safaricom's queue. */
    NO_ANSWER('8'),
    /** The answer to a question about another payment, which this one gives back: of this one it says nothing. */
    ORIGINAL('9');

    private final char character;

    CallbackKind(char character) {
        this.character = character;
    }

    public char character() {
        return character;
    }

    /** The kind of that character, or null. */
    public static CallbackKind of(char character) {
        for (CallbackKind kind : values()) {
            if (kind.character == character) {
                return kind;
            }
        }
        return null;
    }
}
