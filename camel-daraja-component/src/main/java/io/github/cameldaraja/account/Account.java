package io.github.cameldaraja.account;

import io.github.cameldaraja.api.Merchant;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PayoutPolicy;
import io.github.cameldaraja.api.RegisteredUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** One account, checked and ready: what its settings say, and nothing of its secrets in any text. */
public final class Account {

    private static final int ID_LENGTH = 8;
    /** Stands in registered URLs where others have a payment's reference. */
    public static final String NO_REFERENCE = "0".repeat(32);
    private static final String BILL_MANAGER_PATH = "/v1/billmanager-invoice";
    private static final int SECRET_LENGTH = 32;
    // no digit, so that it is the kind of no callback
    private static final char SEAL = 's';

    private final String name;
    private final String id;
    private final DarajaAccount settings;
    private final URI baseUrl;
    private final String callbackBaseUrl;
    private final CapabilityKeys keys;
    private final CapabilityKeys registeredKeys;
    private final NameAccess nameAccess;
    private final Supplier<byte[]> certificate;
    private final String operatorId;
    private final String appId;
    private final PayoutLimits payoutLimits;
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
        this.registeredKeys = registeredKeys();
        this.nameAccess = settings.getNameUsername() == null || settings.getNamePassword() == null ? null
                : new NameAccess(settings.getNameUsername(), settings.getNamePassword());
        this.payoutLimits = new PayoutLimits(settings, this::path);
        if (settings.getInitiatorPassword() != null && settings.getCertificate() != null) {
            // found at start, not at the first payout
            securityCredential();
        }
        this.appId = settings.getConsumerKey() == null || settings.getConsumerSecret() == null ? null
                : AppId.of(baseUrl, settings.getConsumerKey(), settings.getConsumerSecret());
        this.operatorId = hasInitiator() && settings.getConsumerSecret() != null
                ? OperatorId.of(baseUrl, settings, settings.getSecurityCredential() == null ? certificate.get() : new byte[0]) : null;
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

    /** Stands for the app on the portal wherever nodes share something of it; null without key or secret. */
    public String appId() {
        return appId;
    }

    public String shortCode() {
        return settings.getShortCode();
    }

    /** Short code and till. */
    public Merchant merchant() {
        return new Merchant(settings.getShortCode(), settings.getTillNumber());
    }

    /** What the component fills into that request. */
    public Owned owned(Clock clock, RequestIdentity request) {
        return new AccountOwned(this, request, NairobiTime.timestamp(clock));
    }

    String initiatorName() {
        require("initiatorName", settings.getInitiatorName(), "a request of the organisation");
        return settings.getInitiatorName();
    }

    String billManagerPath() {
        return settings.getBillManagerPath() == null ? BILL_MANAGER_PATH : settings.getBillManagerPath();
    }

    String billManagerAppKey() {
        require("billManagerAppKey", settings.getBillManagerAppKey(), "invoicing");
        return settings.getBillManagerAppKey();
    }

    /** What its settings say about each payout. */
    public PayoutPolicy payoutPolicy() {
        return payoutLimits;
    }

    /** What may be paid out in a day, in shillings; null for whatever there is. */
    public BigDecimal payoutDailyMaximum() {
        return payoutLimits.daily();
    }

    /** The pause between two questions. */
    public Duration querySpacing() {
        return settings.getQuerySpacing() == null ? environment().querySpacing() : settings.getQuerySpacing();
    }

    /** The STK password for this time stamp. */
    String password(String timestamp) {
        require("passkey", settings.getPasskey(), "a password");
        return StkPassword.of(settings.getShortCode(), settings.getPasskey(), timestamp);
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

    /** What encrypts the operator's password; null if there is no operator, or his credential was made elsewhere. */
    public byte[] certificate() {
        return hasInitiator() && settings.getSecurityCredential() == null ? certificate.get() : null;
    }

    /** Whether pushes can be signed. */
    public boolean hasPasskey() {
        return settings.getPasskey() != null;
    }

    /** Whether registered URLs have tokens of their own, which no other secret changes. */
    public boolean hasRegisteredUrlTokens() {
        return settings.getRegisteredUrlTokens() != null;
    }

    /** Where Safaricom reaches the callback listener, without a slash at its end; null if that is not set. */
    public String callbackBaseUrl() {
        return callbackBaseUrl;
    }

    /** The capability URL of one request. */
    public String callbackUrl(CallbackKind kind, String reference) {
        require("callbackBaseUrl", settings.getCallbackBaseUrl(), "a callback URL");
        char character = kind.character();
        return callbackBaseUrl + CapabilityPath.of(id, character, reference, keys.sign(id, character, reference));
    }

    /** The capability URL that is registered once: the same as long as {@code registeredUrlTokens} begins with the same token. */
    public String registeredUrl(RegisteredUrl url) {
        require("callbackBaseUrl", settings.getCallbackBaseUrl(), "a callback URL");
        String mac = registeredKeys.sign(id, url.kind(), NO_REFERENCE);
        return callbackBaseUrl + CapabilityPath.of(id, url.kind(), NO_REFERENCE, mac);
    }

    /** Whether we made this capability, for a request or for registration. */
    public boolean verifies(char kind, String reference, String mac) {
        CapabilityKeys makers = CallbackKind.of(kind) == null ? registeredKeys : keys;
        return makers != null && makers.verify(id, kind, reference, mac);
    }

    /** How Safaricom shows who it is when it asks for names; null if it may not. */
    public NameAccess nameAccess() {
        return nameAccess;
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
    public void requireFor(String operation, Set<Need> needs) {
        require("consumerKey", settings.getConsumerKey(), operation);
        require("consumerSecret", settings.getConsumerSecret(), operation);
        if (needs.contains(Need.SHORT_CODE)) {
            require("shortCode", settings.getShortCode(), operation);
        }
        if (needs.contains(Need.PASSKEY)) {
            require("passkey", settings.getPasskey(), operation);
        }
        if (needs.contains(Need.INITIATOR)) {
            require("initiatorName", settings.getInitiatorName(), operation);
            if (settings.getSecurityCredential() == null) {
                require("initiatorPassword", settings.getInitiatorPassword(), operation);
                require("certificate", settings.getCertificate(), operation);
            }
        }
        if (needs.contains(Need.CALLBACKS)) {
            require("callbackBaseUrl", settings.getCallbackBaseUrl(), operation);
        }
        if (needs.contains(Need.REGISTERED_URLS) && environment() == Environment.PRODUCTION) {
            // derived ones would die with the next consumer secret, and a registered URL cannot be changed by us
            require("registeredUrlTokens", settings.getRegisteredUrlTokens(), operation);
        }
        if (needs.contains(Need.BILL_MANAGER_APP_KEY)) {
            require("billManagerAppKey", settings.getBillManagerAppKey(), operation);
        }
        if (needs.contains(Need.SANDBOX) && environment() == Environment.PRODUCTION) {
            throw new IllegalArgumentException(operation + " exists in the sandbox only, and account '" + name
                    + "' is a production account; take the step out, or use a sandbox account");
        }
    }

    /**
     * Checks what it takes to hear of payments.
     *
     * @param capabilities whether they come to URLs of ours
     * @throws IllegalArgumentException naming the first missing setting, the operation and the cure
     */
    public void requireForNotices(String operation, boolean capabilities) {
        require("shortCode", settings.getShortCode(), operation);
        if (capabilities && (registeredKeys == null || environment() == Environment.PRODUCTION)) {
            // derived ones would die with the next consumer secret
            require("registeredUrlTokens", settings.getRegisteredUrlTokens(), operation);
        }
    }

    /**
     * Checks what it takes to be asked for names.
     *
     * @throws IllegalArgumentException naming the first missing setting, the operation and the cure
     */
    public void requireForNames(String operation) {
        require("shortCode", settings.getShortCode(), operation);
        require("nameUsername", settings.getNameUsername(), operation);
        require("namePassword", settings.getNamePassword(), operation);
    }

    /** Whether questions can be put that need an API operator. */
    public boolean hasInitiator() {
        return settings.getInitiatorName() != null && (settings.getSecurityCredential() != null
                || settings.getInitiatorPassword() != null && settings.getCertificate() != null);
    }

    /**
     * Stands for the API operator and what he signs with, and tells nothing of either; another name, password or certificate makes
     * another. Null if there is none.
     */
    public String operatorId() {
        return operatorId;
    }

    /** The text without any secret of this account. */
    public String redact(String text) {
        return redact(text, 4);
    }

    /** The text without those secrets that are too long to be taken for an amount, a phone number, a date or a receipt. */
    public String redactLong(String text) {
        return redact(text, 20);
    }

    /** Marks what is laid aside for this account, so that nobody else's is taken for it; null if there is no secret to do so. */
    public String seal(String digest) {
        CapabilityKeys sealing = keys == null ? registeredKeys : keys;
        return sealing == null ? null : sealing.sign(id, SEAL, digest);
    }

    /** Whether that is our seal on it, by a secret that we have now. */
    public boolean hasSealed(String digest, String seal) {
        CapabilityKeys sealing = keys == null ? registeredKeys : keys;
        return sealing == null ? seal == null : seal != null && sealing.verify(id, SEAL, digest, seal);
    }

    private String redact(String text, int shortest) {
        String redacted = text;
        for (String secret : secrets()) {
            if (redacted != null && secret != null && secret.length() >= shortest) {
                redacted = redacted.replace(secret, "xxxxxx");
            }
        }
        return redacted;
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(Arrays.asList(settings.getConsumerKey(), settings.getConsumerSecret(),
                settings.getPasskey(), settings.getInitiatorPassword(), securityCredential, settings.getSecurityCredential(),
                settings.getCallbackSecret(), settings.getPreviousCallbackSecret(), settings.getBillManagerAppKey(),
                settings.getNamePassword()));
        secrets.addAll(registeredUrlTokens());
        return secrets;
    }

    private CapabilityKeys callbackKeys() {
        String secret = settings.getCallbackSecret();
        checkSecret("callbackSecret", secret);
        return secret == null && derived() == null ? null
                : CapabilityKeys.ofRequests(secret == null ? derived() : secret, settings.getPreviousCallbackSecret());
    }

    private CapabilityKeys registeredKeys() {
        List<String> tokens = registeredUrlTokens();
        if (tokens.isEmpty()) {
            return derived() == null ? null : CapabilityKeys.ofRegistrations(List.of(derived()));
        }
        tokens.forEach(token -> checkSecret("registeredUrlTokens", token));
        return CapabilityKeys.ofRegistrations(tokens);
    }

    private List<String> registeredUrlTokens() {
        return settings.getRegisteredUrlTokens() == null ? List.of()
                : Arrays.stream(settings.getRegisteredUrlTokens().split(",")).map(String::trim).toList();
    }

    private void checkSecret(String setting, String secret) {
        if (secret != null && secret.length() < SECRET_LENGTH) {
            throw new IllegalArgumentException(path(setting) + " must have at least " + SECRET_LENGTH
                    + " characters; lengthen it, or leave it out to have it derived");
        }
    }

    // so that all nodes agree
    private String derived() {
        return settings.getConsumerSecret() == null ? null : settings.getConsumerSecret() + '\n' + settings.getPasskey();
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
