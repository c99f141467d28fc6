package io.github.cameldaraja.account;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Makes a name for an app on the portal that can be stored: it tells neither key nor secret, and who has another secret has another. */
final class AppId {

    private static final String SALT = "camel-daraja/app/v1";
    private static final int BYTES = 16;

    private AppId() {
    }

    /** The same on all nodes. */
    static String of(URI baseUrl, String consumerKey, String consumerSecret) {
        byte[] key = Hkdf.derive(SALT, consumerSecret.getBytes(StandardCharsets.UTF_8), "app");
        // with a length, or two different pairs could run into the same text
        String all = baseUrl.toString().length() + ":" + baseUrl + consumerKey;
        return "app/" + HexFormat.of().formatHex(Hkdf.hmac(key, all.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }
}
