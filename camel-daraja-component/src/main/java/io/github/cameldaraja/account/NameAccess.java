package io.github.cameldaraja.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * How Safaricom shows who it is when it asks for names: with user name and password it gets a token, which says until when it is
 * good and is signed, so that any node accepts what another one has given.
 */
public final class NameAccess {

    private static final char KIND = 't';
    private static final String PURPOSE = "names";

    private final byte[] username;
    private final byte[] password;
    private final CapabilityKeys keys;

    NameAccess(String username, String password) {
        this.username = username.getBytes(StandardCharsets.UTF_8);
        this.password = password.getBytes(StandardCharsets.UTF_8);
        this.keys = CapabilityKeys.ofTokens(username + '\n' + password);
    }

    /** Whether these are name and password; compared in constant time. */
    public boolean admits(String user, String secret) {
        return MessageDigest.isEqual(username, user.getBytes(StandardCharsets.UTF_8))
                & MessageDigest.isEqual(password, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** A new token. */
    public String token(Instant expiry) {
        String until = Long.toHexString(expiry.getEpochSecond());
        return until + '.' + keys.sign(PURPOSE, KIND, until);
    }

    /** Whether we gave this token and it is still good. */
    public boolean accepts(String token, Instant now) {
        int dot = token.indexOf('.');
        if (dot < 1 || dot > 16 || !keys.verify(PURPOSE, KIND, token.substring(0, dot), token.substring(dot + 1))) {
            return false;
        }
        try {
            return now.isBefore(Instant.ofEpochSecond(Long.parseLong(token.substring(0, dot), 16)));
        } catch (NumberFormatException | DateTimeException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "NameAccess";
    }
}
