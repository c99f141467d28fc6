package io.github.cameldaraja;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Texts that must not be found, in every spelling in which somebody who has stolen a table would look for them. */
final class Plants {

    private final Set<String> spellings = new LinkedHashSet<>();

    /** A phone number in any form, its hashes as well: there are few enough numbers to try them all. */
    void addPhone(String whole) {
        String nine = whole.substring(3);
        add(nine);
        for (String dash : List.of(" ", "-")) {
            add(nine.substring(0, 3) + dash + nine.substring(3, 6) + dash + nine.substring(6));
        }
        for (String form : List.of(whole, "0" + nine, "+" + whole)) {
            addHashes(form);
            addEncodings(form);
        }
    }

    /** Any other text. */
    void add(String text) {
        spellings.add(text);
        addHashes(text);
        addEncodings(text);
    }

    private void addEncodings(String text) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] bytes = text.getBytes(charset);
            spellings.add(new String(bytes, StandardCharsets.ISO_8859_1));
            spellings.add(HexFormat.of().formatHex(bytes));
        }
        // wherever it stands in what was encoded: what depends on its neighbours is cut off
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            spellings.add(encoded.substring(before == 0 ? 0 : before + 1, shifted.length * 8 / 6));
        }
    }

    private void addHashes(String text) {
        try {
            for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
                byte[] hash = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
                // a part of it tells as much
                String hex = HexFormat.of().formatHex(hash, 0, 12);
                spellings.add(hex);
                spellings.add(new String(hash, 0, 12, StandardCharsets.ISO_8859_1));
                spellings.add(Base64.getEncoder().encodeToString(hash).substring(0, 16));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that stand in the text; letters of either case. */
    List<String> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        for (String spelling : spellings) {
            if (lower.contains(spelling.toLowerCase(Locale.ROOT))) {
                found.add(spelling);
            }
        }
        return found;
    }
}
