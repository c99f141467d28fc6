package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes over payments that are kept in a database. */
class DatabaseStoreTest extends EndToEnd {

    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");
    private static final Map<String, Object> ORDER = Map.of("order", "order-1");

    @TempDir
    Path directory;

    private JdbcConnectionPool connections;

    @BeforeEach
    void createPool() {
        connections = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("payments"), "sa", "");
    }

    @AfterEach
    void disposePool() {
        connections.dispose();
    }

    private Shop shop() {
        return newShop().with(component -> component.setRepository(Databases.repository(connections)))
                .route("wait", "daraja:stkPush?idempotencyKey=${header.order}&awaitOutcome=true")
                .route("push", "daraja:stkPush").collecting().open();
    }

    @Test
    void aKeyIsOnePaymentAlsoAfterARestart() {
        try (Shop shop = shop()) {
            List<CompletableFuture<Exchange>> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                callers.add(shop.sendAsync("direct:wait", HUNDRED, ORDER));
            }
            callers.forEach(caller -> assertThat(caller.join().getMessage().getBody(Outcome.class).isCompleted()).isTrue());
        }
        try (Shop shop = shop()) {
            Exchange later = shop.send("direct:wait", HUNDRED, ORDER);

            assertThat(later.getMessage().getBody(Outcome.class).isCompleted()).isTrue();
            assertThat(later.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void anOutcomeIsStoredAndTold() {
        try (Shop shop = shop()) {
            shop.send("direct:push", HUNDRED);
            Awaitility.await().until(() -> !shop.outcomes().isEmpty());
            Outcome told = shop.outcomes().get(0);

            assertThat(told.status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.component().getRepository().find(told.reference()).join().outcome()).isEqualTo(told);
        }
    }
}
