package io.github.cameldaraja.gateway;

import static io.github.cameldaraja.gateway.StubServer.html;
import static io.github.cameldaraja.gateway.StubServer.json;
import static io.github.cameldaraja.gateway.StubServer.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaRequestException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidTokenTest extends GatewayTestSupport {

    private static final String NO_PRODUCT = "{\"fault\":{\"faultstring\":\"Invalid API call as no apiproduct match found\","
            + "\"detail\":{\"errorcode\":\"keymanagement.service.InvalidAPICallAsNoApiProductMatchFound\"}}}";

    static Stream<Arguments> disguises() {
        return Stream.of(
                Arguments.of("400.003.01", json(400, error("400.003.01", "Invalid Access Token"))),
                Arguments.of("401.001", json(401, error("401.001", "Invalid Access Token"))),
                Arguments.of("401.002.01", json(401, error("401.002.01", "Error Occurred - Invalid Access Token - abcdefgh"))),
                Arguments.of("401.003.01", json(401, error("401.003.01", "Error Occurred - Invalid Access Token - abcdefgh"))),
                Arguments.of("404.001.03", json(404, error("404.001.03", "Invalid Access Token"))),
                Arguments.of("Bill Manager", json(401, "{\"errorCode\":\"401\",\"errorMessage\":\"Unauthorized - Invalid Access Token\"}")),
                Arguments.of("unknown code", json(400, error("400.999", "invalid access token"))),
                Arguments.of("description", json(401, "{\"ResponseDescription\":\"Invalid Access Token - Invalid API call as no "
                        + "apiproduct match found\"}")),
                Arguments.of("description with HTTP 200", json(200, "{\"ResponseDescription\":\"Invalid Access Token\"}")),
                Arguments.of("error with HTTP 200", json(200, error("404.001.03", "Invalid Access Token"))),
                Arguments.of("Apigee: no product", json(401, NO_PRODUCT)),
                Arguments.of("Apigee: expired", json(401, "{\"fault\":{\"faultstring\":\"Access Token expired\",\"detail\":"
                        + "{\"errorcode\":\"keymanagement.service.access_token_expired\"}}}")),
                Arguments.of("Apigee: invalid", json(401, "{\"fault\":{\"faultstring\":\"Invalid access token\",\"detail\":"
                        + "{\"errorcode\":\"oauth.v2.InvalidAccessToken\"}}}")),
                Arguments.of("empty 401", raw(401, "", "")),
                Arguments.of("challenging 401", raw(401, "WWW-Authenticate: Bearer realm=null,error=\"x\r\n", "")),
                Arguments.of("Basic 401", raw(401, "WWW-Authenticate: Basic realm=\"x\"\r\n", "")),
                Arguments.of("HTML 401", html(401, "<h1>Unauthorized</h1>")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disguises")
    void isReplayedOnceWithANewToken(String name, StubServer.Reply refusal) {
        stub.next(PUSH, refusal);

        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);

        assertThat(stub.requests(PUSH)).extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer " + tokenValue(1), "Bearer " + tokenValue(2));
        assertThat(stub.requests(PUSH)).extracting(StubServer.Request::text).containsOnly("{\"Amount\":\"1\"}");
        assertThat(stub.count(TOKENS)).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disguises")
    void isGivenUpAfterTheSecondRefusal(String name, StubServer.Reply refusal) {
        stub.usually(PUSH, refusal);

        DarajaException failure = failure(gateway.send(push()));

        assertThat(failure).isExactlyInstanceOf(DarajaAuthenticationException.class).hasMessageContaining("product")
                .hasMessageContaining(PUSH);
        assertThat(failure.toString()).doesNotContain("abcdefgh").doesNotContain("secretAccessToken");
        assertThat(stub.count(PUSH)).isEqualTo(2);
        assertThat(stub.count(TOKENS)).isEqualTo(2);
    }

    @Test
    void tellsAMissingProductFromATokenThatOthersKill() {
        stub.usually(PUSH, json(401, NO_PRODUCT));
        assertThat(failure(gateway.send(push()))).hasMessageContaining("add the API to the app");

        stub.usually(QUERY, json(404, error("404.001.03", "Invalid Access Token")));
        assertThat(failure(gateway.send(query()))).hasMessageContaining("another program");
    }

    @Test
    void aMissingProductDoesNotKillTokensOnEachCall() {
        stub.usually(PUSH, json(401, NO_PRODUCT));
        failure(gateway.send(push()));
        assertThat(stub.count(TOKENS)).isEqualTo(2);

        for (int i = 0; i < 5; i++) {
            assertThat(failure(gateway.send(push()))).isInstanceOf(DarajaAuthenticationException.class);
        }
        assertThat(stub.count(TOKENS)).isEqualTo(2);
        assertThat(stub.count(PUSH)).isEqualTo(2 + 5);

        // the product may have been added meanwhile; a new token is needed to see it
        clock.advance(Duration.ofSeconds(61));
        failure(gateway.send(push()));
        assertThat(stub.count(TOKENS)).isEqualTo(3);
        stub.usually(PUSH, json(200, ACCEPTED));
        gateway.refreshToken(account);
        assertThat(get(gateway.send(push())).httpStatus()).isEqualTo(200);
    }

    @Test
    void anInvalidHeaderIsNoInvalidToken() {
        stub.next(PUSH, json(404, error("404.001.04", "Invalid Authentication Header")));

        assertThat(failure(gateway.send(push()))).isExactlyInstanceOf(DarajaRequestException.class);
        assertThat(stub.count(PUSH)).isEqualTo(1);
        assertThat(stub.count(TOKENS)).isEqualTo(1);
    }

    @Test
    void manyRefusalsAtOnceFetchOneNewToken() {
        int callers = 32;
        get(gateway.send(push()));
        CountDownLatch all = new CountDownLatch(callers);
        stub.usually(PUSH, (request, socket) -> {
            if (!request.header("Authorization").endsWith(tokenValue(1))) {
                return json(200, ACCEPTED).answer(request, socket);
            }
            all.countDown();
            try {
                all.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return json(404, error("404.001.03", "Invalid Access Token")).answer(request, socket);
        });

        List<CompletableFuture<GatewayAnswer>> calls =
                IntStream.range(0, callers).mapToObj(i -> gateway.send(push())).toList();

        assertThat(calls).allMatch(call -> get(call).httpStatus() == 200);
        assertThat(stub.count(TOKENS)).isEqualTo(2);
        assertThat(stub.count(PUSH)).isEqualTo(1 + 2 * callers);
    }

    @Test
    void aFailedRenewalSaysThatNothingWasSent() {
        stub.next(PUSH, json(404, error("404.001.03", "Invalid Access Token")));
        get(gateway.send(query()));
        stub.next(TOKENS, raw(403, "", ""));

        assertThat(failure(gateway.send(push()))).isExactlyInstanceOf(DarajaNotSentException.class);
        assertThat(stub.count(PUSH)).isEqualTo(1);
    }

    private static String error(String code, String message) {
        return "{\"requestId\":\"1-2-3\",\"errorCode\":\"" + code + "\",\"errorMessage\":\"" + message + "\"}";
    }
}
