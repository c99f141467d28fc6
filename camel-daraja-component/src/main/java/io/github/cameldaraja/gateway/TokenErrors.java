package io.github.cameldaraja.gateway;

import java.util.Locale;

/** How Daraja says that it does not like a token; it knows many ways. */
final class TokenErrors {

    private static final String INVALID_TOKEN = "invalid access token";
    private static final String NO_PRODUCT = "no apiproduct match found";

    private TokenErrors() {
    }

    static boolean isInvalidToken(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains(INVALID_TOKEN) || lower.contains(NO_PRODUCT);
    }

    /** Whether it says in so many words that the app has no product for this API (or the token is older than the product). */
    static boolean isMissingProduct(ErrorEnvelope error) {
        return error.text() != null && error.text().toLowerCase(Locale.ROOT).contains(NO_PRODUCT)
                || error.code() != null && error.code().endsWith("NoApiProductMatchFound");
    }
}
