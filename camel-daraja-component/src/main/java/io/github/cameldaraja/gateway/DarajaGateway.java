package io.github.cameldaraja.gateway;

import io.github.cameldaraja.api.ErrorKind;
import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.ErrorDetails;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Talks to Daraja: finds the token, sends the request once, and turns whatever comes back into a success or into the one
 * exception that says what the caller may do (Daraja: "Authorization" and the error tables of each API page).
 */
public final class DarajaGateway extends ServiceSupport {

    private final CamelContext camelContext;
    private final Clock clock;
    private final ClockWatch transport;
    private final Commons commons;
    private final Duration patience;

    private volatile AccessTokens tokens;
    private volatile GatewayWatcher watcher;
    private ScheduledExecutorService scheduler;

    /** One that shares nothing with others. */
    public DarajaGateway(CamelContext camelContext, Clock clock, TransportSettings settings) {
        this(camelContext, clock, settings, null, null);
    }

    /**
     * @param commons  what nodes share, tokens among it; null for nothing
     * @param patience how long that is waited for before this node helps itself
     */
    public DarajaGateway(CamelContext camelContext, Clock clock, TransportSettings settings, Commons commons, Duration patience) {
        this.camelContext = camelContext;
        this.clock = clock;
        this.transport = new ClockWatch(new CamelHttpTransport(camelContext, settings), clock);
        this.commons = commons;
        this.patience = patience;
    }

    /**
     * Sends. Returns at once; the future is completed exactly once on every path, with an answer that is a success or with a
     * {@link DarajaException} (not wrapped), on a thread of the transport: whoever has long work to do then does it elsewhere.
     */
    public CompletableFuture<GatewayAnswer> send(GatewayRequest request) {
        AccessTokens current = tokens;
        if (current == null || !isRunAllowed()) {
            return CompletableFuture.failedFuture(stopped(request.operation(), request.account()));
        }
        GatewayWatcher seenBy = watcher;
        CompletableFuture<GatewayAnswer> answer = new BusinessCall(request, current, transport).start();
        if (seenBy != null) {
            long begun = System.nanoTime();
            answer.whenComplete((good, failure) -> seenBy.answered(request.operation(), request.account().name(),
                    Duration.ofNanos(System.nanoTime() - begun), failure));
        }
        return answer;
    }

    /** Lets somebody see how requests go; null for nobody. */
    public void watch(GatewayWatcher watcher) {
        this.watcher = watcher;
    }

    /** Drops the account's token and asks for a new one, for instance after a product was added to the app. */
    public void refreshToken(Account account) {
        AccessTokens current = tokens;
        if (current != null) {
            current.refresh(account);
        }
    }

    /**
     * Makes sure that there is a token, and asks for one if not.
     *
     * @param operation for the text of the exception
     * @return what is known of it, or fails with a {@link DarajaException}
     */
    public CompletableFuture<TokenState> authenticate(Account account, String operation) {
        AccessTokens current = tokens;
        if (current == null || !isRunAllowed()) {
            return CompletableFuture.failedFuture(stopped(operation, account));
        }
        CompletableFuture<TokenState> state = new CompletableFuture<>();
        current.get(account).whenComplete((answer, impossible) -> {
            if (answer.token() == null) {
                state.completeExceptionally(answer.exception(operation, account));
            } else {
                state.complete(new TokenState(answer.token().issuedAt(), answer.token().expiresAt(), 0));
            }
        });
        return state;
    }

    /** How far our clock was ahead of Safaricom's when it answered last, to a second or so; empty if it has not said. */
    public Optional<Duration> clockAhead(Account account) {
        return transport.ahead(account.baseUrl());
    }

    /** What is known of the account's token; empty if there is none at present. */
    public Optional<TokenState> tokenState(Account account) {
        AccessTokens current = tokens;
        return current == null ? Optional.empty() : current.state(account);
    }

    private static DarajaException stopped(String operation, Account account) {
        return ErrorKind.NOT_SENT.exception("Not sent, a repeat is safe: not started, or stopping",
                ErrorDetails.local(operation, account.name()), null);
    }

    /** Why the account gets no token; empty as long as the last attempt went well, or none was made. */
    public Optional<TokenTrouble> tokenTrouble(Account account) {
        AccessTokens current = tokens;
        return current == null ? Optional.empty() : current.trouble(account);
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(transport);
        scheduler = camelContext.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "DarajaTokenRetry");
        tokens = new AccessTokens(transport, clock, scheduler, commons, patience);
    }

    /** Refuses new requests and lets those that have begun come to their end. */
    @Override
    protected void doStop() {
        ServiceHelper.stopService(transport);
        if (scheduler != null) {
            camelContext.getExecutorServiceManager().shutdownNow(scheduler);
        }
        if (tokens != null) {
            tokens.abandon();
        }
    }
}
