package io.github.cameldaraja.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The keys that make a callback URL a capability: whoever knows the URL was told it by us.
 *
 * <p>The mac is 128 bits of HMAC-SHA256 over key id, account, kind and reference. Several keys are accepted, one signs.
 */
public final class CapabilityKeys {

    private static final String SALT = "camel-daraja/callback/v1";
    private static final int MAC_BYTES = 16;

    private final List<byte[]> keys;
    private final List<String> keyIds;

    private CapabilityKeys(List<byte[]> keys) {
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
        return Arrays.copyOf(Hkdf.hmac(keys.get(key), message.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    }

    private static byte[] derive(String secret, String purpose) {
        return Hkdf.derive(SALT, secret.getBytes(StandardCharsets.UTF_8), purpose);
    }

    private static String idOf(byte[] key) {
        return HexFormat.of().formatHex(Hkdf.hmac(key, "key id".getBytes(StandardCharsets.UTF_8)), 0, 4);
    }
}
