package io.github.cameldaraja.api;

/** What an API needs from the account besides consumer key and secret. */
public enum Need {
    SHORT_CODE,
    /** The pass key of the short code, for {@code Password}. */
    PASSKEY,
    /** Name and credential of an API operator. */
    INITIATOR,
    /** Safaricom must be able to call back. */
    CALLBACKS,
    /** Tokens for URLs that are registered once and live long. */
    REGISTERED_URLS,
    /** The {@code app_key} that Bill Manager gave at opt-in. */
    BILL_MANAGER_APP_KEY,
    /** Not in production. */
    SANDBOX
}
