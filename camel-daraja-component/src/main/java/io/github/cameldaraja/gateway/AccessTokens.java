package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Commons;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The access tokens of all accounts. Accounts of one app share one token, for each new token may kill the one before.
 */
final class AccessTokens {

    private static final Duration PRODUCT_MISSING = Duration.ofSeconds(60);

    private final Transport transport;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Commons commons;
    private final Duration patience;
    private final Map<App, AppToken> apps = new ConcurrentHashMap<>();
    private final Map<Product, Instant> missing = new ConcurrentHashMap<>();

    /**
     * @param commons  what nodes share, or null
     * @param patience how long that is waited for
     */
    AccessTokens(Transport transport, Clock clock, ScheduledExecutorService scheduler, Commons commons, Duration patience) {
        this.transport = transport;
        this.clock = clock;
        this.scheduler = scheduler;
        this.commons = commons;
        this.patience = patience;
    }

    /** The account's token; the future is completed with a token or a failure, never exceptionally. */
    CompletableFuture<TokenAnswer> get(Account account) {
        AppToken token = token(account);
        return token.get(unwanted -> commons == null || account.appId() == null ? fetch(account, token)
                : new SharedTokenFetch(commons, patience, clock, scheduler, account.appId(), unwanted,
                        () -> fetch(account, token)).start());
    }

    private CompletableFuture<TokenAnswer> fetch(Account account, AppToken token) {
        return new TokenFetch(transport, clock, scheduler, account, token::count).start();
    }

    /** Drops a refused token; if meanwhile there is a newer one, nothing. */
    void invalidate(Account account, AccessToken used) {
        token(account).invalidate(used);
    }

    /** Drops the token and everything remembered about it, and asks for a new one. */
    void refresh(Account account) {
        App app = App.of(account);
        missing.keySet().removeIf(product -> product.app.equals(app));
        token(account).drop();
        get(account);
    }

    Optional<TokenState> state(Account account) {
        AppToken token = apps.get(App.of(account));
        return token == null ? Optional.empty() : token.state();
    }

    Optional<TokenTrouble> trouble(Account account) {
        AppToken token = apps.get(App.of(account));
        return token == null ? Optional.empty() : token.trouble();
    }

    /** Remembers that even a fresh token had no product for this path. */
    void productMissing(Account account, String path) {
        missing.put(new Product(App.of(account), path), clock.instant().plus(PRODUCT_MISSING));
    }

    /**
     * Whether a new token is known not to help this path. Without this memory, each call of an API that the app lacks would
     * mint a token and so kill the one that the app's other APIs are using.
     */
    boolean isProductMissing(Account account, String path) {
        Instant until = missing.get(new Product(App.of(account), path));
        return until != null && clock.instant().isBefore(until);
    }

    /** Ends what is under way. */
    void abandon() {
        apps.values().forEach(AppToken::abandon);
    }

    private AppToken token(Account account) {
        return apps.computeIfAbsent(App.of(account), app -> new AppToken(clock));
    }

    /** An app on the portal. With its secret: who does not know it must not ride on the token of who does. */
    private record App(URI baseUrl, String consumerKey, String consumerSecret) {

        static App of(Account account) {
            return new App(account.baseUrl(), account.consumerKey(), account.consumerSecret());
        }

        @Override
        public String toString() {
            return "App[" + baseUrl + "]";
        }
    }

    private record Product(App app, String path) {
    }
}
