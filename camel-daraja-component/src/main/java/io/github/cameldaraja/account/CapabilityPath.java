package io.github.cameldaraja.account;

import java.util.regex.Pattern;

/**
 * The path of a capability URL, {@code /d/{account}/{kind}/{reference}/{mac}}: only {@code [0-9a-f/]}, so that no word that
 * Safaricom refuses can appear in it.
 */
public final class CapabilityPath {

    /** For servers that match path parameters; the names below are the parameters'. */
    public static final String TEMPLATE = "/d/{darajaAccount}/{darajaKind}/{darajaReference}/{darajaMac}";
    public static final String ACCOUNT = "darajaAccount";
    public static final String KIND = "darajaKind";
    public static final String REFERENCE = "darajaReference";
    public static final String MAC = "darajaMac";

    static final int LENGTH = "/d/".length() + 8 + 1 + 1 + 1 + 32 + 1 + 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,64}");

    private CapabilityPath() {
    }

    static String of(String accountId, char kind, String reference, String mac) {
        return "/d/" + accountId + '/' + kind + '/' + reference + '/' + mac;
    }

    /** Whether the text can be a part of such a path at all. */
    public static boolean isPart(String text) {
        return text != null && HEX.matcher(text).matches();
    }
}
