package io.github.cameldaraja.examples.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What clients and the gateway know each other by: the token of a client, of which only the hash is kept, and its webhook secret. */
final class Tokens {

    private static final int BYTES = 32;

    private Tokens() {
    }

    /** A new token, as long as no one can guess: that is why a fast hash of it will do. */
    static String make(String client) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return client + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The secret that a client's webhooks are signed with; nothing of it is kept, for it is made of the gateway's own. */
    static String webhookSecret(String gatewaySecret, String client) {
        return HexFormat.of().formatHex(hmac(gatewaySecret.getBytes(StandardCharsets.UTF_8), "webhook/" + client));
    }

    /**
     * What a webhook carries, so that its receiver knows who sent it, and when.
     *
     * @param seconds since 1970
     */
    static String signature(String webhookSecret, long seconds, String body) {
        return "t=" + seconds + ",v1=" + HexFormat.of()
                .formatHex(hmac(webhookSecret.getBytes(StandardCharsets.UTF_8), seconds + "." + body));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
