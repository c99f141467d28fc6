package io.github.cameldaraja.gateway;

import static io.github.cameldaraja.gateway.StubServer.json;
import static io.github.cameldaraja.gateway.StubServer.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaThrottledException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTokensTest extends GatewayTestSupport {

    @Test
    void aThousandFirstCallsFetchOneToken() throws Exception {
        startGateway(TransportSettings.defaults().withMaxConnections(8));
        stub.usually(TOKENS, (request, socket) -> {
            // slow enough that all are there before it lands
            Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("first call")));
            return issueToken(request, socket);
        });
        Queue<CompletableFuture<GatewayAnswer>> calls = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 1000).mapToObj(i -> new Thread(() -> {
            try {
                go.await();
                calls.add(gateway.send(push()));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, "first call")).toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(calls).hasSize(1000).allMatch(call -> get(call).httpStatus() == 200);
        assertThat(stub.count(TOKENS)).isEqualTo(1);
        assertThat(stub.count(PUSH)).isEqualTo(1000);
        assertThat(stub.requests(PUSH)).allMatch(push -> push.header("Authorization").equals("Bearer " + tokenValue(1)));
    }

    @Test
    void accountsOfOneAppShareOneToken() {
        Accounts accounts = accounts(stub.url());
        get(gateway.send(push(accounts.get(Accounts.DEFAULT))));
        get(gateway.send(push(accounts.get("shop"))));

        assertThat(stub.count(TOKENS)).isEqualTo(1);
        assertThat(gateway.tokenState(accounts.get("shop"))).isEqualTo(gateway.tokenState(accounts.get(Accounts.DEFAULT)))
                .isPresent();
    }

    @Test
    void whoDoesNotKnowTheSecretGetsNoTokenOfWhoDoes() {
        get(gateway.send(push()));
        DarajaAccount stranger = new DarajaAccount();
        stranger.setBaseUrl(stub.url());
        stranger.setConsumerKey(KEY);
        stranger.setConsumerSecret("guessed-secret");
        stub.next(TOKENS, json(400, "{\"errorCode\":\"400.008.01\",\"errorMessage\":\"Invalid Authentication passed\"}"));

        Account account = new Accounts(camel, stranger, Map.of(), null).get(Accounts.DEFAULT);
        assertThat(failure(gateway.send(push(account)))).isInstanceOf(DarajaAuthenticationException.class);
        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);
        assertThat(stub.count(TOKENS)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"3599, 3539", "'\"3599\"', 3539", "120, 60", "119, 59", "10, 5", "1.5, 0", "null, 3540", "'\"soon\"', 3540",
            "0, 3540", "-5, 3540", "99999999999999, 86340"})
    void renewsAheadOfExpiry(String expiresIn, long usedForSeconds) {
        stub.usually(TOKENS, json(200, "{\"access_token\":\"abcdef\",\"expires_in\":" + expiresIn + "}"));
        get(gateway.send(push()));
        if (usedForSeconds > 0) {
            clock.advance(Duration.ofSeconds(usedForSeconds).minusMillis(1));
            get(gateway.send(push()));
            assertThat(stub.count(TOKENS)).isEqualTo(1);
        }

        clock.advance(Duration.ofMillis(501));
        get(gateway.send(push()));
        assertThat(stub.count(TOKENS)).isEqualTo(2);
    }

    @Test
    void tellsItsStateButNotTheToken() {
        assertThat(gateway.tokenState(account)).isEmpty();
        get(gateway.send(push()));

        TokenState state = gateway.tokenState(account).orElseThrow();
        assertThat(state.issuedAt()).isEqualTo(clock.instant());
        assertThat(state.expiresAt()).isEqualTo(clock.instant().plusSeconds(3599));
        assertThat(state.calls()).isEqualTo(1);
        assertThat(state.toString()).doesNotContain(tokenValue(1));
    }

    @Test
    void refreshesOnDemand() {
        get(gateway.send(push()));
        gateway.refreshToken(account);
        Awaitility.await().until(() -> gateway.tokenState(account).map(TokenState::calls).orElse(0L) == 2);

        get(gateway.send(push()));
        assertThat(stub.count(TOKENS)).isEqualTo(2);
        assertThat(stub.requests(PUSH).get(1).header("Authorization")).isEqualTo("Bearer " + tokenValue(2));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("400.008.01", json(400, "{\"errorCode\":\"400.008.01\",\"errorMessage\":\"Invalid Authentication passed\"}"),
                        DarajaAuthenticationException.class, 1),
                Arguments.of("400.008.02", json(400, "{\"errorCode\":\"400.008.02\",\"errorMessage\":\"Invalid grant type passed\"}"),
                        DarajaAuthenticationException.class, 1),
                Arguments.of("empty 400", raw(400, "", ""), DarajaAuthenticationException.class, 1),
                Arguments.of("empty 401", raw(401, "WWW-Authenticate: Basic realm=\"x\"\r\n", ""),
                        DarajaAuthenticationException.class, 1),
                Arguments.of("429", raw(429, "", ""), DarajaThrottledException.class, 1),
                Arguments.of("spike arrest", json(500, "{\"errorCode\":\"500.003.02\",\"errorMessage\":\"Spike Arrest\"}"),
                        DarajaThrottledException.class, 1),
                Arguments.of("403", raw(403, "", ""), DarajaNotSentException.class, 1),
                Arguments.of("500", raw(500, "", ""), DarajaNotSentException.class, 2),
                Arguments.of("HTML 200", StubServer.html(200, "<p>login</p>"), DarajaNotSentException.class, 2),
                Arguments.of("no token", json(200, "{\"token\":\"abc\"}"), DarajaNotSentException.class, 2),
                Arguments.of("reset", StubServer.reset(), DarajaNotSentException.class, 2),
                Arguments.of("truncated", StubServer.truncated(), DarajaNotSentException.class, 2),
                Arguments.of("silence", StubServer.silent(), DarajaNotSentException.class, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void withoutATokenNothingIsSent(String name, StubServer.Reply reply, Class<? extends DarajaException> expected, int calls) {
        startGateway(quick());
        stub.next(TOKENS, reply, reply);

        DarajaException failure = failure(gateway.send(push()));

        assertThat(failure).isExactlyInstanceOf(expected).hasMessageContaining("was not sent")
                .hasMessageContaining("stkPush").hasMessageContaining("default");
        assertThat(stub.count(TOKENS)).isEqualTo(calls);
        assertThat(stub.count(PUSH)).isZero();
        // a failure is not remembered
        stub.forget(TOKENS);
        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);
    }

    @Test
    void triesASecondTimeAfterBadLuck() {
        stub.next(TOKENS, StubServer.reset());
        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);

        stub.next(TOKENS, raw(503, "", ""));
        gateway.refreshToken(account);
        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);
        assertThat(stub.count(TOKENS)).isEqualTo(4);
    }

    @Test
    void eachCallerOfASharedFlightGetsAnExceptionOfItsOwn() {
        Accounts accounts = accounts(stub.url());
        CompletableFuture<Void> release = new CompletableFuture<>();
        stub.next(TOKENS, (request, socket) -> {
            release.join();
            return raw(401, "", "").answer(request, socket);
        });
        CompletableFuture<GatewayAnswer> first = gateway.send(push(accounts.get(Accounts.DEFAULT)));
        CompletableFuture<GatewayAnswer> second = gateway.send(push(accounts.get("shop")));
        release.complete(null);

        assertThat(failure(first).getAccount()).isEqualTo("default");
        assertThat(failure(second).getAccount()).isEqualTo("shop");
        assertThat(stub.count(TOKENS)).isEqualTo(1);
    }

    @Test
    void stopEndsWhoWaitsForTheSecondAttempt() {
        stub.usually(TOKENS, StubServer.reset());
        CompletableFuture<GatewayAnswer> waiting = gateway.send(push());
        Awaitility.await().until(() -> stub.count(TOKENS) == 1);

        gateway.stop();

        assertThat(failure(waiting)).isExactlyInstanceOf(DarajaNotSentException.class);
    }
}
