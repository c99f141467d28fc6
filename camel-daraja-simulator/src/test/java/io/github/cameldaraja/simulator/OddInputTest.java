package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no request at all is refused shortly, without a word in the log. */
class OddInputTest extends SimulatorTest {

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("odd", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            logged.add(event.getMessage().getFormattedMessage());
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        root().removeAppender(appender);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        for (String path : List.of("/mpesa/stkpush/v1/processrequest", "/simulator/faults")) {
            assertThat(shop.send(shop.to(path).POST(BodyPublishers.ofString("9".repeat(1_000_001)))).statusCode())
                    .isEqualTo(413);
        }
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/mpesa/stkpush/v2/processrequest, 404.001.01", "/mpesa/reversal/v2/request, 404.001.01",
        "/mpesa/accountbalance/v2/query, 404.002.01", "/mpesa/c2b/v3/registerurl, 404.003.01",
        "/mpesa/transactionstatus/v2/query, 404.003.01", "/nothing, 404.001.01"})
    void knowsNoOtherPath(String path, String code) {
        HttpResponse<String> answer = shop.send(shop.to(path).POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(shop.json(answer).path("errorCode").asText()).isEqualTo(code);
        assertThat(shop.json(answer).path("errorMessage").asText()).isEqualTo("Resource not found");
    }

    @Test
    void refusesAPathThatIsNone() throws Exception {
        URI base = URI.create(sim.baseUrl());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /handset/%2e%2e/%zz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains(" 400 ").doesNotContain("Exception");
        }
        assertThat(logged).isEmpty();
    }

    private static Logger root() {
        return (Logger) LogManager.getRootLogger();
    }
}
