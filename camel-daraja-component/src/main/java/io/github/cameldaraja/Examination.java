package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Environment;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.OrganizationInfo;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.StkQuery;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.GatewayAnswer;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.gateway.TokenState;
import io.github.cameldaraja.management.Finding;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at everything that can be looked at without moving money: asks for a token and about a push that does not exist, and never
 * tries an operator, whom wrong passwords lock.
 */
final class Examination {

    /** Who finds out where a host is. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    private static final String NAME = "doctor";
    // of the form that Safaricom gives; nobody was ever sent it
    private static final String NO_PUSH = "ws_CO_010120200000000000700000000";
    private static final String PAY_BILL = "4";
    private static final String SANDBOX_SHORT_CODE = "174379";
    // RSA with 2048 bits, in Base64
    private static final int CREDENTIAL_BYTES = 256;
    private static final Duration FINE = Duration.ofSeconds(30);
    private static final Duration BEARABLE = Duration.ofMinutes(5);
    private static final String SAFARICOM = ".safaricom.co.ke";

    private final Clock clock;
    private final Duration patience;
    private final DarajaGateway gateway;
    private final TransactionRepository repository;
    private final String spoolDirectory;
    private final Resolver resolver;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param patience how long an answer of Safaricom's takes at most
     * @param gateway  started
     */
    Examination(Clock clock, Duration patience, DarajaGateway gateway, TransactionRepository repository, String spoolDirectory,
                Resolver resolver) {
        this.clock = clock;
        this.patience = patience;
        this.gateway = gateway;
        this.repository = repository;
        this.spoolDirectory = spoolDirectory;
        this.resolver = resolver;
    }

    /** Everything, in an order in which one would repair it. Blocks. */
    List<Finding> run(Collection<Account> accounts) {
        List<Account> used = accounts.stream().filter(account -> !isEmpty(account)).sorted((one, other) -> one.name()
                .compareTo(other.name())).toList();
        if (used.isEmpty()) {
            findings.add(Finding.fail(null, "settings", "there is no account", "set camel.component.daraja.consumerKey, consumerSecret and"
                    + " shortCode, or those of camel.component.daraja.accounts[name]"));
        }
        used.forEach(this::examine);
        store(used);
        return List.copyOf(findings);
    }

    // the component's own settings may be nothing but what accounts share
    private static boolean isEmpty(Account account) {
        return account.name().equals("default") && account.shortCode() == null && (account.consumerKey() == null
                || account.consumerSecret() == null);
    }

    private void examine(Account account) {
        environment(account);
        try {
            if (token(account)) {
                clock(account);
                shortCode(account);
            }
        } catch (IllegalStateException e) {
            // no answer, or one that nobody expects: the other accounts are looked at all the same
            findings.add(Finding.fail(account.name(), "Safaricom", "could not be asked: " + account.redact(e.getMessage()),
                    "look at the network, and run the doctor again"));
        }
        operator(account);
        callbacks(account);
    }

    private static boolean isSafaricom(Account account) {
        return account.baseUrl().getHost().endsWith(SAFARICOM);
    }

    private void environment(Account account) {
        Environment environment = account.environment();
        URI baseUrl = account.baseUrl();
        String found = environment + " at " + baseUrl;
        for (Environment other : Environment.values()) {
            if (other != environment && other.baseUrl().getHost().equals(baseUrl.getHost())) {
                findings.add(Finding.fail(account.name(), "environment", found + ", which is that of " + other,
                        "set environment=" + other + ", and take baseUrl out"));
                return;
            }
        }
        if (isSafaricom(account)) {
            findings.add(Finding.ok(account.name(), "environment", found));
        } else {
            findings.add(Finding.warn(account.name(), "environment", found + ", which is not Safaricom's",
                    "fine for a simulator or a proxy, otherwise take baseUrl out"));
        }
    }

    private boolean token(Account account) {
        try {
            account.requireFor("a token", Set.of());
            TokenState state = wait(gateway.authenticate(account, NAME));
            long minutes = Math.max(0, Duration.between(clock.instant(), state.expiresAt()).toMinutes());
            findings.add(Finding.ok(account.name(), "token", "key and secret are accepted; the token lives for " + minutes
                    + " more minutes"));
            return true;
        } catch (IllegalArgumentException e) {
            addSplit(Finding.Level.FAIL, account, "token", e.getMessage());
        } catch (DarajaException e) {
            findings.add(refused(account, e));
        }
        return false;
    }

    private static Finding refused(Account account, DarajaException e) {
        if (e instanceof DarajaAuthenticationException) {
            return Finding.fail(account.name(), "token", "key and secret are refused" + said(e),
                    "check consumerKey and consumerSecret, and that they are of an app of " + account.baseUrl());
        }
        String found = account.redact(e.getMessage());
        return e instanceof DarajaThrottledException ? Finding.warn(account.name(), "token", found, "try again in a minute")
                : Finding.fail(account.name(), "token", found, "look at the network, proxyHost and baseUrl, and try again");
    }

    private void clock(Account account) {
        Duration ahead = gateway.clockAhead(account).orElse(null);
        if (ahead == null) {
            findings.add(Finding.warn(account.name(), "clock", "not compared: Safaricom has not said what time it is",
                    "run the doctor again; keep the clock right with NTP"));
            return;
        }
        Duration off = ahead.abs();
        String found = off.compareTo(FINE) <= 0 ? "agrees with Safaricom's within " + FINE.toSeconds() + " s"
                : off.toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " Safaricom's";
        if (off.compareTo(FINE) <= 0) {
            findings.add(Finding.ok(account.name(), "clock", found));
        } else {
            findings.add(new Finding(off.compareTo(BEARABLE) <= 0 ? Finding.Level.WARN : Finding.Level.FAIL, account.name(), "clock",
                    found, "set the machine's clock right and keep it so with NTP: pushes carry a time stamp, and tokens have a life"));
        }
    }

    private void shortCode(Account account) {
        String shortCode = account.shortCode();
        if (shortCode == null) {
            findings.add(Finding.warn(account.name(), "short code", "none is set", "set shortCode, without which little can be done"));
        } else if (shortCode.equals(SANDBOX_SHORT_CODE) && account.environment() == Environment.PRODUCTION) {
            findings.add(Finding.fail(account.name(), "short code", shortCode + " is the sandbox's",
                    "set the short code of your go-live mail"));
        } else if (account.hasPasskey()) {
            passkey(account);
        } else {
            name(account);
        }
    }

    // of a push that does not exist it is said that it does not exist only to whom the short code belongs
    private void passkey(Account account) {
        String subject = "short code";
        String shortCode = account.shortCode();
        try {
            ask(account, new StkQuery(), Map.of("CheckoutRequestID", NO_PUSH));
            findings.add(Finding.ok(account.name(), subject, shortCode + " and its pass key are accepted"));
        } catch (DarajaThrottledException e) {
            findings.add(Finding.warn(account.name(), subject, shortCode + " was not looked at: Safaricom is asked too often",
                    "run the doctor again in a minute"));
        } catch (DarajaException e) {
            String text = String.valueOf(e.getErrorMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("merchant does not exist")) {
                findings.add(Finding.fail(account.name(), subject, shortCode + " is unknown" + said(e),
                        "take shortCode from the go-live mail; for a till it is the store or head-office number"));
            } else if (text.contains("wrong credentials")) {
                findings.add(Finding.fail(account.name(), subject, "the pass key does not belong to " + shortCode + said(e),
                        "take passkey from the go-live mail of this short code and environment"));
            } else if (text.contains("does not exist") || text.contains("being processed") || text.isEmpty()) {
                findings.add(Finding.ok(account.name(), subject, shortCode + " and its pass key are accepted"));
            } else {
                unclear(account, subject, e);
            }
        }
    }

    private void name(Account account) {
        String subject = "short code";
        try {
            OrganizationInfo api = new OrganizationInfo();
            Map<String, String> asked = Map.of("receiver", account.shortCode(), "receiverType", PAY_BILL);
            OrganizationInfo.Answer answer = api.answer(Fields.check(api, asked), ask(account, api, asked).body());
            findings.add(Finding.ok(account.name(), subject, account.shortCode() + " is " + answer.name()));
        } catch (DarajaException e) {
            unclear(account, subject, e);
        }
    }

    private void unclear(Account account, String subject, DarajaException e) {
        findings.add(Finding.warn(account.name(), subject, account.shortCode() + " could not be looked at: "
                + account.redact(e.getMessage()) + said(e), "look it up in the portal; payments show whether it is right"));
    }

    private GatewayAnswer ask(Account account, RequestApi api, Map<String, String> fields) {
        return wait(gateway.send(GatewayRequest.of(api, account, Fields.check(api, fields),
                account.owned(clock, RequestIdentity.ofLookUp()), false)));
    }

    private void operator(Account account) {
        String subject = "operator";
        if (!account.hasInitiator()) {
            findings.add(Finding.ok(account.name(), subject, "none, so no payouts and no questions by transactionStatus"));
            return;
        }
        String untried = "; he was not tried, for wrong passwords lock him";
        byte[] certificate = account.certificate();
        if (certificate == null) {
            boolean whole = isCredential(account.securityCredential());
            findings.add(whole ? Finding.ok(account.name(), subject, "has a securityCredential made elsewhere: of which environment cannot"
                    + " be seen" + untried) : Finding.fail(account.name(), subject, "securityCredential is not 344 characters of Base64",
                    "copy it from the portal in one line, or set initiatorPassword and certificate instead"));
            return;
        }
        try {
            certificate(account, CertificateOwner.of(certificate), untried);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.fail(account.name(), subject, e.getMessage(), "take the one that the portal offers"));
        }
    }

    private void certificate(Account account, CertificateOwner owner, String untried) {
        String subject = "certificate";
        Environment environment = account.environment();
        String found = "it is " + owner.name() + "'s";
        if (owner.environment() == environment) {
            findings.add(Finding.ok(account.name(), subject, found + ", of " + environment + untried));
        } else if (owner.environment() != null) {
            findings.add(Finding.fail(account.name(), subject, found + ", of " + owner.environment() + ", and the account is of "
                    + environment, "take the certificate of " + environment + ": with this one every password is wrong, and the operator"
                    + " is locked"));
        } else if (owner.isWebServer()) {
            findings.add(Finding.fail(account.name(), subject, found + ", the certificate of a web server",
                    "take the one that the portal offers to encrypt passwords with"));
        } else if (isSafaricom(account)) {
            findings.add(Finding.warn(account.name(), subject, found + ", which is not known to be Safaricom's",
                    "compare it with the one that the portal offers for " + environment));
        } else {
            findings.add(Finding.ok(account.name(), subject, found + untried));
        }
    }

    private static boolean isCredential(String text) {
        try {
            return Base64.getDecoder().decode(text).length == CREDENTIAL_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void callbacks(Account account) {
        String subject = "callbacks";
        String url = account.callbackBaseUrl();
        if (url == null) {
            findings.add(Finding.warn(account.name(), subject, "callbackBaseUrl is not set, so nobody can tell what became of payments",
                    "set it to the public https URL of the callback listener"));
            return;
        }
        // words, length and scheme were checked when the account was made
        if (!isSafaricom(account)) {
            findings.add(Finding.ok(account.name(), subject, url + " has no word that Safaricom refuses"));
        } else {
            whereabouts(account, subject, url);
        }
        if (account.environment() == Environment.PRODUCTION && !account.hasRegisteredUrlTokens()) {
            findings.add(Finding.warn(account.name(), subject, "registeredUrlTokens is not set",
                    "set it before you register URLs (c2bRegister, pullRegister, billOptIn)"));
        }
    }

    private void whereabouts(Account account, String subject, String url) {
        String host = URI.create(url).getHost();
        try {
            for (InetAddress address : resolver.find(host)) {
                if (address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()) {
                    findings.add(Finding.warn(account.name(), subject, host + " is " + address.getHostAddress() + " from here, which"
                            + " Safaricom cannot reach", "make sure that the internet knows it under another address"));
                    return;
                }
            }
            findings.add(Finding.ok(account.name(), subject, url + " has no word that Safaricom refuses, and a public address; whether"
                    + " Safaricom reaches it only a callback shows"));
        } catch (UnknownHostException e) {
            findings.add(Finding.fail(account.name(), subject, "nobody knows the host " + host,
                    "correct callbackBaseUrl, or the DNS entry"));
        }
    }

    private void store(List<Account> accounts) {
        String subject = "store";
        boolean production = accounts.stream().anyMatch(account -> account.environment() == Environment.PRODUCTION);
        if (!repository.isDurable()) {
            findings.add(new Finding(production ? Finding.Level.FAIL : Finding.Level.WARN, null, subject, "payments are kept in memory:"
                    + " after a restart nobody knows what was paid", "set repository to a JdbcTransactionRepository"
                    + (production ? "" : " before you go live")));
            return;
        }
        try {
            findings.add(Finding.ok(null, subject, repository.examine()));
        } catch (Exception e) {
            addSplit(Finding.Level.FAIL, null, subject, String.valueOf(e.getMessage()));
        }
        spool();
    }

    private void spool() {
        Path directory = Path.of(spoolDirectory).toAbsolutePath();
        Path existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing != null && Files.isDirectory(existing) && Files.isWritable(existing)) {
            findings.add(Finding.ok(null, "spool", "callbacks can wait in " + directory + " while the store is away"));
        } else {
            findings.add(Finding.fail(null, "spool", directory + " cannot be written",
                    "set spoolDirectory to a directory of this machine that this process may write"));
        }
    }

    // our own messages name the cure after a semicolon
    private void addSplit(Finding.Level level, Account account, String subject, String message) {
        int cure = message.indexOf("; ");
        findings.add(new Finding(level, account == null ? null : account.name(), subject, cure < 0 ? message : message.substring(0, cure),
                cure < 0 ? null : message.substring(cure + 2)));
    }

    private static String said(DarajaException e) {
        return e.getErrorCode() == null ? "" : " (" + e.getErrorCode() + (e.getErrorMessage() == null ? "" : " " + e.getErrorMessage())
                + ")";
    }

    private <T> T wait(CompletableFuture<T> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DarajaException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
