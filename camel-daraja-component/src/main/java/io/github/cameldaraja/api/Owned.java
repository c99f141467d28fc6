package io.github.cameldaraja.api;

/**
 * What the component fills into a request by itself.
 *
 * @param shortCode   the account's business short code; for tills the store or head-office number
 * @param receiver    who is credited by an STK push: the short code, or the till; null where no such field exists
 * @param timestamp   {@code yyyyMMddHHmmss} in Nairobi
 * @param password    Base64 of short code, pass key and that very time stamp; null where the API needs none
 * @param callbackUrl the capability URL of this very request; null for questions
 */
public record Owned(String shortCode, String receiver, String timestamp, String password, String callbackUrl) {

    @Override
    public String toString() {
        return "Owned[shortCode=" + shortCode + ", timestamp=" + timestamp + "]";
    }
}
