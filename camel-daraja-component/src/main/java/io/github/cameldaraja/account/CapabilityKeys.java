package io.github.cameldaraja.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that make a callback URL a capability: whoever knows the URL was told it by us.
 *
 * <p>The mac is 128 bits of HMAC-SHA256 over key id, account, kind and reference. Several keys are accepted, one signs.
 */
public final class CapabilityKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] SALT = "camel-daraja/callback/v1".getBytes(StandardCharsets.UTF_8);
    private static final int MAC_BYTES = 16;

    private final List<SecretKeySpec> keys;
    private final List<String> keyIds;

    private CapabilityKeys(List<SecretKeySpec> keys) {
        this.keys = keys;
        this.keyIds = keys.stream().map(CapabilityKeys::idOf).toList();
    }

    /**
     * For the URLs of single requests.
     *
     * @param current  signs and is accepted
     * @param previous is accepted only; null if there is none
     */
    public static CapabilityKeys ofRequests(String current, String previous) {
        return of("capability", previous == null ? List.of(current) : List.of(current, previous));
    }

    /** For URLs that are registered once; the first token signs, all are accepted. */
    public static CapabilityKeys ofRegistrations(List<String> tokens) {
        return of("registered", tokens);
    }

    /** For tokens that are given for a name and password. */
    static CapabilityKeys ofTokens(String secret) {
        return of("token", List.of(secret));
    }

    /** For names of API operators that tell nobody who they are. */
    static CapabilityKeys ofOperators(String secret) {
        return of("operator", List.of(secret));
    }

    private static CapabilityKeys of(String purpose, List<String> secrets) {
        return new CapabilityKeys(secrets.stream().map(secret -> derive(secret, purpose)).toList());
    }

    /** The mac of a new URL: 32 lower-case hexadecimal characters. */
    public String sign(String accountId, char kind, String reference) {
        return HexFormat.of().formatHex(mac(0, accountId, kind, reference));
    }

    /** Whether one of the keys made this mac; compared in constant time. */
    public boolean verify(String accountId, char kind, String reference, String mac) {
        if (!CapabilityPath.isPart(mac) || mac.length() != MAC_BYTES * 2) {
            return false;
        }
        byte[] given = HexFormat.of().parseHex(mac);
        boolean valid = false;
        for (int i = 0; i < keys.size(); i++) {
            valid |= MessageDigest.isEqual(given, mac(i, accountId, kind, reference));
        }
        return valid;
    }

    private byte[] mac(int key, String accountId, char kind, String reference) {
        String message = keyIds.get(key) + '/' + accountId + '/' + kind + '/' + reference;
        return Arrays.copyOf(hmac(keys.get(key), message.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    }

    // HKDF (RFC 5869): extract, then one block of expand, which is all that 32 bytes need
    private static SecretKeySpec derive(String secret, String purpose) {
        byte[] pseudoRandom = hmac(new SecretKeySpec(SALT, ALGORITHM), secret.getBytes(StandardCharsets.UTF_8));
        byte[] info = (purpose + '\u0001').getBytes(StandardCharsets.UTF_8);
        return new SecretKeySpec(hmac(new SecretKeySpec(pseudoRandom, ALGORITHM), info), ALGORITHM);
    }

    private static String idOf(SecretKeySpec key) {
        return HexFormat.of().formatHex(hmac(key, "key id".getBytes(StandardCharsets.UTF_8)), 0, 4);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
