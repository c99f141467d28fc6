package io.github.cameldaraja.api;

/**
 * What the component fills into a request by itself, made when the API asks for it.
 *
 * <p>Each method throws {@link IllegalArgumentException} that names the missing setting if the account does not have it.
 */
public interface Owned {

    /** The account's own numbers. */
    Merchant merchant();

    /** Our own reference of the payment or question; null for what is not stored. */
    String reference();

    /** {@code yyyyMMddHHmmss} in Nairobi, the same at each call. */
    String timestamp();

    /** Base64 of short code, pass key and {@link #timestamp()}. */
    String password();

    String initiatorName();

    /** The operator's password, encrypted. */
    String securityCredential();

    /** The capability URL for the outcome of this very request. */
    String resultUrl();

    /** The capability URL for "it expired in the queue". */
    String timeoutUrl();

    /** Our id of the request where the API takes one; a pure function of the idempotency key. */
    String originatorConversationId();

    /** A URL that is registered once and lives long. */
    String registeredUrl(RegisteredUrl url);

    /** The path before all paths of Bill Manager. */
    String billManagerPath();

    /** The {@code app_key} that Bill Manager gave at opt-in. */
    String billManagerAppKey();
}
