package io.github.cameldaraja.account;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The {@code Password} of M-Pesa Express: Base64 of short code, pass key and time stamp (Daraja: "M-Pesa Express Simulate"). */
public final class StkPassword {

    private StkPassword() {
    }

    /**
     * @param timestamp the very {@code yyyyMMddHHmmss} that the request carries
     */
    public static String of(String shortCode, String passkey, String timestamp) {
        return Base64.getEncoder().encodeToString((shortCode + passkey + timestamp).getBytes(StandardCharsets.UTF_8));
    }
}
