package io.github.cameldaraja.gateway;

import static io.github.cameldaraja.gateway.StubServer.html;
import static io.github.cameldaraja.gateway.StubServer.json;
import static io.github.cameldaraja.gateway.StubServer.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DarajaGatewayTest extends GatewayTestSupport {

    @Test
    void sendsTokenAndJsonAndAnswersWithTheAcknowledgement() {
        GatewayAnswer answer = get(gateway.send(push()));

        assertThat(answer.httpStatus()).isEqualTo(200);
        assertThat(answer.body().text("CheckoutRequestID")).isEqualTo("ws_CO_1");
        StubServer.Request token = stub.requests(TOKENS).get(0);
        assertThat(token.method()).isEqualTo("GET");
        assertThat(token.target()).isEqualTo(TOKENS + "?grant_type=client_credentials");
        // of consumer-key-4711:consumer-secret-4711
        assertThat(token.header("Authorization")).isEqualTo("Basic Y29uc3VtZXIta2V5LTQ3MTE6Y29uc3VtZXItc2VjcmV0LTQ3MTE=");
        StubServer.Request push = stub.requests(PUSH).get(0);
        assertThat(push.method()).isEqualTo("POST");
        assertThat(push.target()).isEqualTo(PUSH);
        assertThat(push.header("Authorization")).isEqualTo("Bearer " + tokenValue(1));
        assertThat(push.header("Content-Type")).isEqualTo("application/json");
        assertThat(push.header("Accept")).isEqualTo("application/json");
        assertThat(push.header("Content-Length")).isEqualTo("14");
        assertThat(push.headers()).containsOnlyKeys("accept", "authorization", "connection", "content-length", "content-type",
                "host", "user-agent");
        assertThat(push.text()).isEqualTo("{\"Amount\":\"1\"}");
    }

    @Test
    void leavesNothingInTheContext() {
        get(gateway.send(push()));

        assertThat(camel.getEndpoints()).isEmpty();
        assertThat(camel.getComponentNames()).isEmpty();
    }

    @Test
    void takesOnlyWhatTheSuccessRuleTakes() {
        stub.next(PUSH, json(200, "{\"ResponseCode\":\"26\",\"ResponseDescription\":\"busy\",\"CheckoutRequestID\":\"x\"}"));
        DarajaException busy = failure(gateway.send(push()));
        assertThat(busy).isInstanceOf(DarajaThrottledException.class).hasMessageContaining("26").hasMessageContaining("busy");

        stub.next(PUSH, json(200, "{\"ResponseCode\":\"100000005\",\"ResponseDescription\":\"no\"}"));
        assertThat(failure(gateway.send(push()))).isInstanceOf(DarajaRequestException.class)
                .extracting(DarajaException::getErrorCode).isEqualTo("100000005");

        stub.next(PUSH, json(200, "{\"something\":\"else\"}"), json(200, "{\"ConversationID\":\"AG_1\"}"));
        assertThat(failure(gateway.send(push()))).isInstanceOf(DarajaOutcomeUnknownException.class);
        assertThat(get(gateway.send(push())).body().text("ConversationID")).isEqualTo("AG_1");

        stub.next(QUERY, json(200, "{\"something\":\"else\"}"));
        assertThat(get(gateway.send(query())).body().text("something")).isEqualTo("else");
    }

    @Test
    void namesEverythingInTheException() {
        stub.next(PUSH, json(400, "{\"requestId\":\"1-2-3\",\"errorCode\":\"400.002.02\","
                + "\"errorMessage\":\"Bad Request - Invalid Amount\"}"));

        DarajaException refused = failure(gateway.send(push()));

        assertThat(refused).isInstanceOf(DarajaRequestException.class)
                .hasMessageContainingAll("stkPush", "default", "HTTP 400", "400.002.02", "Bad Request - Invalid Amount", "1-2-3",
                        "correct the request");
        assertThat(refused.getOperation()).isEqualTo("stkPush");
        assertThat(refused.getAccount()).isEqualTo("default");
        assertThat(refused.getHttpStatus()).isEqualTo(400);
        assertThat(refused.getErrorCode()).isEqualTo("400.002.02");
        assertThat(refused.getErrorMessage()).isEqualTo("Bad Request - Invalid Amount");
        assertThat(refused.getRequestId()).isEqualTo("1-2-3");
    }

    static Stream<Arguments> misfortunes() {
        return Stream.of(
                Arguments.of("503", json(503, "{}"), DarajaOutcomeUnknownException.class),
                Arguments.of("503 with Retry-After", raw(503, "Retry-After: 0\r\n", ""), DarajaOutcomeUnknownException.class),
                Arguments.of("503 of the firewall", html(503, "<html><body><iframe src=\"/_I\">Request unsuccessful. Incapsula "
                        + "incident ID: 877-1</iframe></body></html>"), DarajaThrottledException.class),
                Arguments.of("429", raw(429, "Retry-After: 0\r\n", ""), DarajaThrottledException.class),
                Arguments.of("500", json(500, "{\"errorCode\":\"500.003.1001\",\"errorMessage\":\"Internal Server Error\"}"),
                        DarajaOutcomeUnknownException.class),
                Arguments.of("502 HTML", html(502, "<h1>Bad Gateway</h1>"), DarajaOutcomeUnknownException.class),
                Arguments.of("408", raw(408, "", ""), DarajaOutcomeUnknownException.class),
                Arguments.of("empty 200", raw(200, "", ""), DarajaOutcomeUnknownException.class),
                Arguments.of("204", (StubServer.Reply) (request, socket) -> {
                    socket.getOutputStream().write("HTTP/1.1 204 No\r\n\r\n".getBytes());
                    return true;
                }, DarajaOutcomeUnknownException.class),
                Arguments.of("HTML 200", html(200, "<p>hello</p>"), DarajaOutcomeUnknownException.class),
                Arguments.of("serialized object", raw(200, "Content-Type: application/x-java-serialized-object\r\n", "abc"),
                        DarajaOutcomeUnknownException.class),
                Arguments.of("gzip that nobody asked for", raw(200, "Content-Encoding: gzip\r\n", "abc"),
                        DarajaOutcomeUnknownException.class),
                Arguments.of("more than a mebibyte", json(200, "{\"ResponseCode\":\"0\",\"x\":[" + "1,".repeat(600_000) + "1]}"),
                        DarajaOutcomeUnknownException.class),
                Arguments.of("reset", StubServer.reset(), DarajaOutcomeUnknownException.class),
                Arguments.of("hung up", StubServer.hangUp(), DarajaOutcomeUnknownException.class),
                Arguments.of("truncated", StubServer.truncated(), DarajaOutcomeUnknownException.class),
                Arguments.of("no HTTP", (StubServer.Reply) (request, socket) -> {
                    socket.getOutputStream().write("SSH-2.0-x\r\n\r\n".getBytes());
                    return false;
                }, DarajaOutcomeUnknownException.class),
                Arguments.of("silence", StubServer.silent(), DarajaOutcomeUnknownException.class),
                Arguments.of("drops of one byte", (StubServer.Reply) (request, socket) -> {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes());
                    return drip(socket);
                }, DarajaOutcomeUnknownException.class),
                Arguments.of("header in drops", (StubServer.Reply) (request, socket) -> drip(socket),
                        DarajaOutcomeUnknownException.class),
                Arguments.of("challenge", raw(403, "WWW-Authenticate: Basic realm=\"x\"\r\n", ""), DarajaRequestException.class),
                Arguments.of("HTML 404", html(404, "<h1>not here</h1>"), DarajaRequestException.class));
    }

    // a byte every 100 ms resets every timeout of a single read
    private static boolean drip(Socket socket) throws IOException {
        for (int i = 0; i < 100; i++) {
            socket.getOutputStream().write('H');
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return false;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfortunes")
    void neverSendsTwice(String name, StubServer.Reply reply, Class<? extends DarajaException> expected) {
        startGateway(quick().withConnectTimeout(Duration.ofMillis(400)));
        stub.next(PUSH, reply);

        DarajaException failure = failure(gateway.send(push()));

        assertThat(failure).isExactlyInstanceOf(expected);
        assertThat(stub.count(PUSH)).isEqualTo(1);
        assertThat(stub.count(TOKENS)).isEqualTo(1);
        if (failure instanceof DarajaOutcomeUnknownException) {
            assertThat(failure).hasMessageContaining("do not send it again");
        }
        // and the connection that saw it harms nobody
        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void isNotSentAgainByTheHttpClientEither(int status) {
        // it would, one second later, unless the answer's timeout is shorter than that: hence the default settings
        stub.next(PUSH, raw(status, "", ""));

        assertThat(failure(gateway.send(push())).getHttpStatus()).isEqualTo(status);
        assertThat(stub.count(PUSH)).isEqualTo(1);
    }

    @Test
    void mayAskAQuestionAgain() {
        stub.next(QUERY, StubServer.hangUp(), json(500, "{\"errorCode\":\"500.001.1001\","
                + "\"errorMessage\":\"The transaction is being processed\"}"));

        assertThat(failure(gateway.send(query()))).isInstanceOf(DarajaOutcomeUnknownException.class)
                .hasMessageContaining("asking again is safe");
        assertThat(failure(gateway.send(query()))).isInstanceOf(DarajaOutcomeUnknownException.class)
                .hasMessageContaining("asking again is safe")
                .extracting("errorCode", "errorMessage").containsExactly("500.001.1001", "The transaction is being processed");
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (StubServer elsewhere = new StubServer()) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                stub.next(PUSH, raw(status, "Location: " + elsewhere.url() + "/x\r\n", ""));
                assertThat(failure(gateway.send(push()))).isInstanceOf(DarajaRequestException.class)
                        .hasMessageContaining("redirect refused");
            }
            stub.next(TOKENS, raw(302, "Location: " + elsewhere.url() + "/x\r\n", ""));
            gateway.refreshToken(account);
            assertThat(failure(gateway.send(push()))).isInstanceOf(DarajaNotSentException.class);

            assertThat(elsewhere.connections()).isZero();
            assertThat(stub.count(PUSH)).isEqualTo(5);
        }
    }

    @Test
    void keepsNoCookie() {
        stub.next(PUSH, raw(200, "Set-Cookie: visid_incap=1; Path=/\r\n", ACCEPTED));
        get(gateway.send(push()));
        get(gateway.send(push()));

        assertThat(stub.requests(PUSH).get(1).header("Cookie")).isNull();
    }

    @Test
    void knowsThatARefusedConnectionSentNothing() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        get(gateway.send(push()));
        GatewayRequest nowhere = push(account("http://localhost:" + port));
        assertThat(failure(gateway.send(nowhere))).isInstanceOf(DarajaNotSentException.class)
                .hasMessageContaining("No access token");

        // and with a token at hand: the server is gone
        stub.close();
        assertThat(failure(gateway.send(push()))).isExactlyInstanceOf(DarajaNotSentException.class)
                .hasMessageContaining("Not sent").hasMessageContaining("stkPush");
    }

    @Test
    void knowsThatAnUnknownHostSentNothing() {
        assertThat(failure(gateway.send(push(account("http://no-such-host.invalid")))))
                .isExactlyInstanceOf(DarajaNotSentException.class);
    }

    @Test
    void givesUpWithinTheTimeout() {
        startGateway(quick());
        get(gateway.send(push()));
        stub.next(PUSH, StubServer.silent());
        long start = System.nanoTime();

        assertThat(failure(gateway.send(push()))).isExactlyInstanceOf(DarajaOutcomeUnknownException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(350), Duration.ofSeconds(3));
    }

    @Test
    void refusesWhatDoesNotFitIntoTheQueue() {
        startGateway(quick().withLimits(2, 3));
        get(gateway.send(push()));
        stub.usually(PUSH, StubServer.silent());

        List<CompletableFuture<GatewayAnswer>> sent = IntStream.range(0, 2).mapToObj(i -> gateway.send(push())).toList();
        Awaitility.await().until(() -> stub.count(PUSH) == 3);
        List<CompletableFuture<GatewayAnswer>> queued = IntStream.range(0, 3).mapToObj(i -> gateway.send(push())).toList();
        CompletableFuture<GatewayAnswer> tooMany = gateway.send(push());

        assertThat(tooMany).isDone();
        assertThat(failure(tooMany)).isExactlyInstanceOf(DarajaNotSentException.class).hasMessageContaining("3 requests");
        assertThat(queued).noneMatch(CompletableFuture::isDone);
        sent.forEach(future -> assertThat(failure(future)).isInstanceOf(DarajaOutcomeUnknownException.class));
        queued.forEach(future -> assertThat(failure(future)).isInstanceOf(DarajaOutcomeUnknownException.class));
        assertThat(stub.count(PUSH)).isEqualTo(6);
    }

    @Test
    void refusesWhoHasWaitedTooLongForAConnection() {
        startGateway(quick().withLimits(1, 3).withConnectionRequestTimeout(Duration.ofMillis(100)));
        get(gateway.send(push()));
        stub.usually(PUSH, StubServer.silent());

        CompletableFuture<GatewayAnswer> first = gateway.send(push());
        CompletableFuture<GatewayAnswer> second = gateway.send(push());

        assertThat(failure(first)).isInstanceOf(DarajaOutcomeUnknownException.class);
        assertThat(failure(second)).isExactlyInstanceOf(DarajaNotSentException.class)
                .hasMessageContaining("no free connection within 100 ms");
        assertThat(stub.count(PUSH)).isEqualTo(2);
    }

    @Test
    void completesOnceEachAndUsesConnectionsAgain() {
        AtomicInteger completions = new AtomicInteger();
        List<CompletableFuture<GatewayAnswer>> all = IntStream.range(0, 300)
                .mapToObj(i -> gateway.send(push()).whenComplete((answer, failure) -> completions.incrementAndGet())).toList();
        all.forEach(GatewayTestSupport::get);

        assertThat(completions).hasValue(300);
        assertThat(stub.count(PUSH)).isEqualTo(300);
        assertThat(stub.count(TOKENS)).isEqualTo(1);
        assertThat(stub.connections()).isLessThanOrEqualTo(100);
    }

    @Test
    void raisesNoFalseAlarmWhenTheServerHasClosedIdleConnections() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);
            stub.closeConnections();
        }
        assertThat(stub.count(PUSH)).isEqualTo(20);
    }

    @Test
    void stopRefusesNewOnesAndLetsRunningOnesEnd() throws Exception {
        get(gateway.send(push()));
        CompletableFuture<Void> release = new CompletableFuture<>();
        stub.next(PUSH, (request, socket) -> {
            release.join();
            return json(200, ACCEPTED).answer(request, socket);
        });
        CompletableFuture<GatewayAnswer> running = gateway.send(push());
        Awaitility.await().until(() -> stub.count(PUSH) == 2);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::stop);
        Awaitility.await().until(() -> gateway.isStoppingOrStopped());
        CompletableFuture<GatewayAnswer> late = gateway.send(push());
        assertThat(late).isDone();
        assertThat(failure(late)).isExactlyInstanceOf(DarajaNotSentException.class);
        assertThat(running).isNotDone();

        release.complete(null);
        assertThat(get(running).httpStatus()).isEqualTo(200);
        get(stopped);
        assertThat(stub.count(PUSH)).isEqualTo(2);
    }

    @Test
    void stopEndsWhatNeverEnds() {
        startGateway(quick().withLimits(1, 5).withConnectTimeout(Duration.ofMillis(100))
                .withResponseTimeout(Duration.ofSeconds(3)));
        get(gateway.send(push()));
        stub.next(PUSH, (request, socket) -> drip(socket));
        CompletableFuture<GatewayAnswer> endless = gateway.send(push());
        Awaitility.await().until(() -> stub.count(PUSH) == 2);
        CompletableFuture<GatewayAnswer> queued = gateway.send(push());

        gateway.stop();

        assertThat(failure(endless)).isExactlyInstanceOf(DarajaOutcomeUnknownException.class);
        assertThat(failure(queued)).isExactlyInstanceOf(DarajaNotSentException.class);
        assertThat(stub.count(PUSH)).isEqualTo(2);
    }

    @Test
    void refusesBeforeStartAndWorksAfterRestart() {
        DarajaGateway fresh = new DarajaGateway(camel, clock, TransportSettings.defaults());
        assertThat(failure(fresh.send(push()))).isExactlyInstanceOf(DarajaNotSentException.class);

        gateway.stop();
        assertThat(failure(gateway.send(push()))).isExactlyInstanceOf(DarajaNotSentException.class);
        gateway.start();
        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);
    }
}
