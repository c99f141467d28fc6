package io.github.cameldaraja.account;

import io.github.cameldaraja.api.NairobiTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** One account, checked and ready: what its settings say, and nothing of its secrets in any text. */
public final class Account {

    private static final int ID_LENGTH = 8;

    private final String name;
    private final String id;
    private final DarajaAccount settings;
    private final URI baseUrl;
    private final String callbackBaseUrl;
    private final CapabilityKeys keys;
    private final Supplier<byte[]> certificate;
    private volatile String securityCredential;

    /**
     * @param settings    complete: the component's where the account leaves something out
     * @param certificate reads the configured certificate
     * @throws IllegalArgumentException naming setting, rule and cure
     */
    Account(String name, DarajaAccount settings, Supplier<byte[]> certificate) {
        this.name = name;
        this.settings = settings;
        this.certificate = certificate;
        this.id = idOf(name);
        this.baseUrl = settings.getBaseUrl() != null ? baseUrl(settings.getBaseUrl()) : environment().baseUrl();
        checkDigits("shortCode", settings.getShortCode(), 5, 9);
        checkDigits("tillNumber", settings.getTillNumber(), 5, 9);
        this.callbackBaseUrl = settings.getCallbackBaseUrl() == null ? null : checkCallbackBaseUrl();
        this.keys = callbackKeys();
        if (settings.getInitiatorPassword() != null && settings.getCertificate() != null) {
            // found at start, not at the first payout
            securityCredential();
        }
    }

    public String name() {
        return name;
    }

    /** Eight hexadecimal characters that stand for the account in callback URLs; a function of its name alone. */
    public String id() {
        return id;
    }

    public Environment environment() {
        return settings.getEnvironment() == null ? Environment.SANDBOX : settings.getEnvironment();
    }

    public URI baseUrl() {
        return baseUrl;
    }

    public String consumerKey() {
        return settings.getConsumerKey();
    }

    public String consumerSecret() {
        return settings.getConsumerSecret();
    }

    public String shortCode() {
        return settings.getShortCode();
    }

    /** The till that STK pushes credit, or null for a pay bill. */
    public String tillNumber() {
        return settings.getTillNumber();
    }

    public String initiatorName() {
        return settings.getInitiatorName();
    }

    /** The pause between two questions. */
    public Duration querySpacing() {
        return settings.getQuerySpacing() == null ? environment().querySpacing() : settings.getQuerySpacing();
    }

    /** The STK password for this time stamp. */
    public String password(String timestamp) {
        return StkPassword.of(settings.getShortCode(), settings.getPasskey(), timestamp);
    }

    /** Now, as the wire wants it. */
    public String timestamp(Clock clock) {
        return NairobiTime.timestamp(clock);
    }

    /**
     * The initiator's encrypted password, computed once.
     *
     * @throws IllegalArgumentException if neither it nor password and certificate are configured
     */
    public String securityCredential() {
        String credential = securityCredential;
        if (credential == null) {
            credential = settings.getSecurityCredential();
            if (credential == null) {
                require("initiatorPassword", settings.getInitiatorPassword(), "a SecurityCredential");
                require("certificate", settings.getCertificate(), "a SecurityCredential");
                credential = SecurityCredential.encrypt(settings.getInitiatorPassword(), certificate.get());
            }
            securityCredential = credential;
        }
        return credential;
    }

    /** The capability URL of one request. */
    public String callbackUrl(char kind, String reference) {
        return callbackBaseUrl + CapabilityPath.of(id, kind, reference, keys.sign(id, kind, reference));
    }

    /** Whether we made this capability. */
    public boolean verifies(char kind, String reference, String mac) {
        return keys != null && keys.verify(id, kind, reference, mac);
    }

    /** The path of {@code callbackBaseUrl}, empty for none. */
    public String callbackBasePath() {
        return callbackBaseUrl == null ? "" : URI.create(callbackBaseUrl).getPath();
    }

    /**
     * Checks what an operation needs.
     *
     * @throws IllegalArgumentException naming the first missing setting, the operation and the cure
     */
    public void requireFor(String operation, boolean passkey, boolean callbacks) {
        require("consumerKey", settings.getConsumerKey(), operation);
        require("consumerSecret", settings.getConsumerSecret(), operation);
        if (passkey) {
            require("shortCode", settings.getShortCode(), operation);
            require("passkey", settings.getPasskey(), operation);
        }
        if (callbacks) {
            require("callbackBaseUrl", settings.getCallbackBaseUrl(), operation);
        }
    }

    /** The text without any secret of this account. */
    public String redact(String text) {
        String redacted = text;
        for (String secret : secrets()) {
            if (redacted != null && secret != null && secret.length() >= 4) {
                redacted = redacted.replace(secret, "xxxxxx");
            }
        }
        return redacted;
    }

    private List<String> secrets() {
        return Arrays.asList(settings.getConsumerKey(), settings.getConsumerSecret(), settings.getPasskey(),
                settings.getInitiatorPassword(), securityCredential, settings.getSecurityCredential(),
                settings.getCallbackSecret(), settings.getPreviousCallbackSecret());
    }

    private CapabilityKeys callbackKeys() {
        String secret = settings.getCallbackSecret();
        if (secret != null && secret.length() < 32) {
            throw new IllegalArgumentException(path("callbackSecret") + " must have at least 32 characters; lengthen it, or leave"
                    + " it out to have it derived");
        }
        if (secret == null && settings.getConsumerSecret() != null) {
            secret = settings.getConsumerSecret() + '\n' + settings.getPasskey();
        }
        return secret == null ? null : CapabilityKeys.of(secret, settings.getPreviousCallbackSecret());
    }

    private String checkCallbackBaseUrl() {
        boolean safaricom = baseUrl.getHost().endsWith(".safaricom.co.ke");
        try {
            return CallbackUrlRules.check(settings.getCallbackBaseUrl(), CapabilityPath.LENGTH, safaricom);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("account '" + name + "': " + e.getMessage());
        }
    }

    private URI baseUrl(String text) {
        URI uri;
        try {
            uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            uri = null;
        }
        if (uri == null || uri.getHost() == null || !"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException(path("baseUrl") + " must be an http or https URL with a host; write it as "
                    + Environment.SANDBOX.baseUrl());
        }
        return uri;
    }

    private void checkDigits(String setting, String value, int min, int max) {
        if (value != null && !value.matches("[0-9]{" + min + "," + max + "}")) {
            throw new IllegalArgumentException(path(setting) + " must be " + min + " to " + max
                    + " digits; take it from the M-Pesa portal");
        }
    }

    private void require(String setting, String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " needs " + setting + " of account '" + name + "'; set " + path(setting));
        }
    }

    private String path(String setting) {
        return Accounts.DEFAULT.equals(name) ? "camel.component.daraja." + setting
                : "camel.component.daraja.accounts[" + name + "]." + setting;
    }

    private static String idOf(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Account[" + name + ", " + environment() + ", short code " + shortCode() + "]";
    }
}
