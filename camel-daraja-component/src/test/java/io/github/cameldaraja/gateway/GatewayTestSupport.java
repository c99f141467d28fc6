package io.github.cameldaraja.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.DarajaException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway in front of a stub that issues tokens and takes payments. */
abstract class GatewayTestSupport {

    static final String TOKENS = "/oauth/v1/generate";
    static final String PUSH = "/mpesa/stkpush/v1/processrequest";
    static final String QUERY = "/mpesa/stkpushquery/v1/query";
    static final String ACCEPTED = "{\"ResponseCode\":\"0\",\"CheckoutRequestID\":\"ws_CO_1\"}";

    static final String KEY = "consumer-key-4711";
    static final String SECRET = "consumer-secret-4711";
    static final String PASSKEY = "pass-key-4711";

    final SettableClock clock = new SettableClock();
    final AtomicInteger issued = new AtomicInteger();
    DefaultCamelContext camel;
    StubServer stub;
    DarajaGateway gateway;
    Account account;

    @BeforeEach
    void startAll() throws Exception {
        camel = new DefaultCamelContext();
        camel.start();
        stub = new StubServer();
        stub.usually(TOKENS, this::issueToken);
        stub.usually(PUSH, StubServer.json(200, ACCEPTED));
        stub.usually(QUERY, StubServer.json(200, "{\"ResponseCode\":\"0\",\"ResultCode\":\"0\"}"));
        account = account(stub.url());
        startGateway(TransportSettings.defaults());
    }

    @AfterEach
    void stopAll() throws Exception {
        stub.close();
        gateway.stop();
        camel.stop();
    }

    void startGateway(TransportSettings settings) {
        if (gateway != null) {
            gateway.stop();
        }
        gateway = new DarajaGateway(camel, clock, settings);
        gateway.start();
    }

    boolean issueToken(StubServer.Request request, Socket socket) throws IOException {
        return StubServer.json(200, "{\"access_token\":\"" + tokenValue(issued.incrementAndGet()) + "\",\"expires_in\":\"3599\"}")
                .answer(request, socket);
    }

    static String tokenValue(int number) {
        return "secretAccessToken" + number;
    }

    Account account(String baseUrl) {
        return accounts(baseUrl).get(Accounts.DEFAULT);
    }

    Accounts accounts(String baseUrl) {
        DarajaAccount settings = new DarajaAccount();
        settings.setBaseUrl(baseUrl);
        settings.setConsumerKey(KEY);
        settings.setConsumerSecret(SECRET);
        settings.setShortCode("174379");
        settings.setPasskey(PASSKEY);
        DarajaAccount sameApp = new DarajaAccount();
        sameApp.setShortCode("600000");
        return new Accounts(camel, settings, Map.of("shop", sameApp), null);
    }

    GatewayRequest push() {
        return push(account);
    }

    static GatewayRequest push(Account account) {
        return new GatewayRequest("stkPush", account, PUSH, "{\"Amount\":\"1\"}".getBytes(StandardCharsets.UTF_8), true);
    }

    GatewayRequest query() {
        return new GatewayRequest("stkQuery", account, QUERY, "{}".getBytes(StandardCharsets.UTF_8), false);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** The failure as a callback sees it, which must be the typed one itself. */
    static DarajaException failure(CompletableFuture<?> future) {
        Throwable failure = get(future.handle((answer, thrown) -> thrown));
        assertThat(failure).isInstanceOf(DarajaException.class);
        return (DarajaException) failure;
    }

    static TransportSettings quick() {
        return TransportSettings.defaults().withResponseTimeout(Duration.ofMillis(900));
    }
}
