package io.github.cameldaraja.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies between us and the server: TLS and proxies. */
class TransportRouteTest {

    private static final String AUTHORIZATION = "Bearer secretAccessToken1";

    private static TestKeys keys;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<CamelHttpTransport> started = new ArrayList<>();
    private StubServer plain;
    private StubServer secure;
    private StubServer proxy;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = new TestKeys(folder);
    }

    @BeforeEach
    void start() throws Exception {
        camel.start();
        plain = new StubServer();
        secure = new StubServer(keys.server());
        proxy = new StubServer();
        plain.usually("/x", StubServer.json(200, "{}"));
        secure.usually("/x", StubServer.json(200, "{}"));
    }

    @AfterEach
    void stop() throws Exception {
        plain.close();
        secure.close();
        proxy.close();
        started.forEach(CamelHttpTransport::stop);
        camel.stop();
    }

    @Test
    void trustsWhatTheSettingsTrust() {
        assertThat(status(trusting(), secure.url())).isEqualTo(200);
        assertThat(secure.requests("/x")).hasSize(1);
    }

    @Test
    void plainUrlsStayPlainWithTlsSettings() {
        assertThat(status(trusting(), plain.url())).isEqualTo(200);
    }

    @Test
    void aRefusedCertificateSendsNothing() {
        assertNeverLeft(TransportSettings.defaults(), secure.url());
        // another name than the certificate's
        assertNeverLeft(trusting(), secure.url().replace("localhost", "127.0.0.1"));
        assertThat(secure.requests).isEmpty();
    }

    @Test
    void aFailedHandshakeSendsNothing() throws Exception {
        assertNeverLeft(trusting(), plain.url().replace("http:", "https:"));
        assertThat(plain.requests("/x")).isEmpty();
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            assertNeverLeft(trusting().withConnectTimeout(Duration.ofMillis(300)), "https://localhost:" + silent.getLocalPort());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void sendsPlainRequestsThroughTheProxy() {
        proxy.usually("http://localhost:" + plain.port() + "/x", StubServer.json(200, "{}"));

        assertThat(status(through(null), plain.url())).isEqualTo(200);
        assertThat(plain.connections()).isZero();
        assertThat(proxy.requests).singleElement().extracting(StubServer.Request::text).isEqualTo("{\"a\":1}");
    }

    @Test
    void tellsTheProxyItsPassword() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("user:proxy-secret".getBytes(StandardCharsets.UTF_8));
        proxy.usually("http://localhost:" + plain.port() + "/x", (request, socket) ->
                (basic.equals(request.header("Proxy-Authorization")) ? StubServer.json(200, "{}")
                        : StubServer.raw(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n", "")).answer(request, socket));

        assertThat(status(through("user"), plain.url())).isEqualTo(200);
        assertThat(proxy.requests).allMatch(request -> AUTHORIZATION.equals(request.header("Authorization")));
    }

    @Test
    void sendsSecureRequestsThroughATunnelThatHidesThem() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("user:proxy-secret".getBytes(StandardCharsets.UTF_8));
        proxy.usually("localhost:" + secure.port(), (request, socket) ->
                (basic.equals(request.header("Proxy-Authorization")) ? StubServer.tunnelTo(secure.port())
                        : StubServer.raw(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n", "")).answer(request, socket));

        assertThat(status(through("user"), secure.url())).isEqualTo(200);
        assertThat(proxy.requests).allMatch(request -> request.method().equals("CONNECT"))
                .allMatch(request -> request.header("Authorization") == null);
        assertThat(secure.requests("/x")).singleElement()
                .matches(request -> request.header("Proxy-Authorization") == null)
                .matches(request -> AUTHORIZATION.equals(request.header("Authorization")));
    }

    @Test
    void aTunnelThatIsNotOpenedSendsNothing() {
        String target = "localhost:" + secure.port();
        for (int status : new int[] {403, 407, 500, 502, 503}) {
            proxy.next(target, StubServer.html(status, "<h1>no</h1>"));
            assertNeverLeft(through(null), secure.url());
        }
        proxy.next(target, StubServer.hangUp());
        assertNeverLeft(through(null), secure.url());
        assertThat(secure.connections()).isZero();
    }

    @Test
    void aProxyThatIsGoneSendsNothing() throws Exception {
        proxy.close();
        assertNeverLeft(through(null), plain.url());
    }

    @Test
    void aServerThatAcceptsNobodyGotNothing() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);

            assertNeverLeft(TransportSettings.defaults().withConnectTimeout(Duration.ofMillis(300)),
                    "http://localhost:" + full.getLocalPort());
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                socket.connect(server.getLocalSocketAddress(), 300);
            }
        } catch (SocketTimeoutException e) {
            return;
        }
        assumeTrue(false, "this system's backlog is never full");
    }

    private TransportSettings trusting() {
        return TransportSettings.defaults().withSslContextParameters(keys.trust());
    }

    private TransportSettings through(String user) {
        return trusting().withProxy("localhost", proxy.port(), user, user == null ? null : "proxy-secret");
    }

    private int status(TransportSettings settings, String url) {
        return GatewayTestSupport.get(transport(settings).send(request(url))).status();
    }

    private void assertNeverLeft(TransportSettings settings, String url) {
        TransportException failure = failure(settings, url);
        assertThat(failure.isNeverLeft()).as(failure.toString()).isTrue();
    }

    private TransportException failure(TransportSettings settings, String url) {
        Throwable failure = GatewayTestSupport.get(transport(settings).send(request(url)).handle((answer, thrown) -> thrown));
        assertThat(failure).isInstanceOf(TransportException.class);
        return (TransportException) failure;
    }

    private CamelHttpTransport transport(TransportSettings settings) {
        CamelHttpTransport transport = new CamelHttpTransport(camel, settings);
        started.add(transport);
        transport.start();
        return transport;
    }

    private static TransportRequest request(String url) {
        return new TransportRequest(URI.create(url + "/x"), AUTHORIZATION, "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }
}
