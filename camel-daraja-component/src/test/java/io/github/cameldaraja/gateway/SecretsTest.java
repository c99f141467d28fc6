package io.github.cameldaraja.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.Logs;
import io.github.cameldaraja.api.DarajaException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants secrets wherever the other side could echo them, and looks for them in exceptions and logs. */
class SecretsTest extends GatewayTestSupport {

    private static final String PROXY_SECRET = "proxy-secret-4711";
    private static final String STK_PASSWORD = Base64.getEncoder()
            .encodeToString(("174379" + PASSKEY + "20260131150000").getBytes(StandardCharsets.UTF_8));
    private static final List<String> ECHOED = List.of(KEY, SECRET, PASSKEY, STK_PASSWORD, tokenValue(1), "254719000123",
            Base64.getEncoder().encodeToString((KEY + ':' + SECRET).getBytes(StandardCharsets.UTF_8)));
    private static final List<String> PLANTED =
            Stream.concat(ECHOED.stream(), Stream.of(tokenValue(2), PROXY_SECRET)).toList();

    private Logs logs;

    @BeforeEach
    void listen() {
        logs = new Logs(Level.ALL, "io.github.cameldaraja", "org.apache.camel");
    }

    @AfterEach
    void listenNoMore() {
        logs.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 404, 429, 500, 503})
    void areNotEchoed(int status) {
        startGateway(TransportSettings.defaults());
        stub.usually(PUSH, (request, socket) -> StubServer.json(status, "{\"requestId\":\"" + tokenValue(1) + "\",\"errorCode\":\""
                + status + "." + tokenValue(1) + "\",\"errorMessage\":\"You said " + request.header("Authorization") + "\\n"
                + request.text().replace("\"", "\\\"") + " and " + String.join(" ", ECHOED)
                + "\"}").answer(request, socket));

        assertClean(failure(gateway.send(secretPush())));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 404, 502})
    void areNotEchoedByPages(int status) {
        stub.usually(PUSH, (request, socket) -> StubServer.html(status, "<p>" + request.headers() + request.text() + "</p>")
                .answer(request, socket));

        assertClean(failure(gateway.send(secretPush())));
    }

    @Test
    void areNotEchoedByResponseDescriptions() {
        stub.usually(PUSH, (request, socket) -> StubServer.json(200, "{\"ResponseCode\":\"1\",\"ResponseDescription\":\""
                + request.header("Authorization") + ' ' + SECRET + "\"}").answer(request, socket));

        assertClean(failure(gateway.send(secretPush())));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 429, 500})
    void areNotEchoedByTheTokenCall(int status) {
        stub.usually(TOKENS, (request, socket) -> StubServer.json(status, "{\"errorCode\":\"x\",\"errorMessage\":\"You said "
                + request.header("Authorization") + " which is " + KEY + ':' + SECRET + "\"}").answer(request, socket));

        assertClean(failure(gateway.send(secretPush())));
    }

    @Test
    void areNotToldWhenConnectionsFail() throws Exception {
        startGateway(quick().withProxy("localhost", stub.port(), "user", PROXY_SECRET));
        assertClean(failure(gateway.send(secretPush())));
        startGateway(quick());
        get(gateway.send(push()));
        stub.next(PUSH, StubServer.reset());
        assertClean(failure(gateway.send(secretPush())));
        stub.close();
        assertClean(failure(gateway.send(secretPush())));
        assertThat(gateway.tokenState(account).orElseThrow().toString() + secretPush()).doesNotContain(PLANTED);
    }

    @Test
    void textsAreOneLineAndShort() {
        String text = Redaction.text("a\r\nb\u0000\u2028c\t" + "long text ".repeat(100), account, List.of());

        assertThat(text).startsWith("a b c long text").hasSize(Redaction.MAX_TEXT).endsWith("…");
        assertThat(Redaction.text(null, account, List.of())).isNull();
    }

    @Test
    void whatFollowsInvalidAccessTokenIsNeverShown() {
        assertThat(Redaction.text("Error Occurred - Invalid Access Token - Tk7PlantedTokenOfOurOwn4Zq2", account, List.of()))
                .isEqualTo("Error Occurred - Invalid Access Token");
        assertThat(Redaction.text("invalid access token: 'x y'", account, List.of())).isEqualTo("invalid access token");
        assertThat(Redaction.text("Invalid Access Token", account, List.of())).isEqualTo("Invalid Access Token");
    }

    private GatewayRequest secretPush() {
        String body = "{\"Password\":\"" + STK_PASSWORD + "\",\"PhoneNumber\":\"254719000123\"}";
        return new GatewayRequest("stkPush", account, PUSH, body.getBytes(StandardCharsets.UTF_8), true);
    }

    private void assertClean(DarajaException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(PLANTED);
        assertThat(failure.getMessage()).contains("stkPush");
        assertThat(String.valueOf(failure.getErrorCode()) + failure.getErrorMessage() + failure.getRequestId())
                .doesNotContain(PLANTED);
        assertThat(logs.lines()).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain(PLANTED));
    }
}
