package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2B_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.REVERSAL_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ResultLoadTest extends ResultTest {

    private static final int MANY = 60;

    @Test
    void paysAnIdOnce() {
        ObjectNode body = b2c(PHONE, 10);
        shop.token();
        long accepted = IntStream.range(0, MANY).parallel()
                .filter(i -> shop.post(B2C_PATH, body).statusCode() == 200).count();
        assertThat(accepted).isEqualTo(1);
        work();
        assertThat(sim.books().transfers()).hasSize(1);
        assertThat(sim.counters().count("b2c.duplicates")).isEqualTo(MANY - 1);
    }

    @Test
    void reversesOnce() {
        String receipt = paid(PHONE, 700);
        sim.clock().resume();
        ObjectNode body = reversal(receipt, 700);
        IntStream.range(0, MANY).parallel().forEach(i -> shop.post(REVERSAL_PATH, body));
        await().until(() -> shop.callbacks.size() == MANY + 1);
        assertThat(sim.books().transfers()).hasSize(1);
        assertThat(shop.callbacks).filteredOn(callback -> callback.body().contains("R000001")).hasSize(MANY - 1);
    }

    @Test
    void conservesMoney() {
        sim.clock().resume();
        shop.token();
        List<ObjectNode> payouts = IntStream.range(0, MANY).mapToObj(i -> b2c(phone(i), 1000)).toList();
        IntStream.range(0, MANY).parallel().forEach(i -> {
            shop.post(B2C_PATH, payouts.get(i));
            shop.push(phone(i), 5);
            shop.post(B2B_PATH, b2b("BusinessTransferFromMMFToUtility", payBill, "4", 3));
        });
        await().until(() -> shop.callbacks.size() == 3 * MANY);
        int paid = sim.counters().count("b2c.succeeded");
        assertThat(paid).isBetween(50, 51);
        assertThat(sim.books().transfers()).hasSize(paid + MANY);
        assertThat(sim.books().balance(payBill, UTILITY)).isEqualTo(50_000 + 8L * MANY - 1000L * paid);
        assertThat(sim.books().balance(payBill, WORKING)).isEqualTo(1_000_000 - 3L * MANY);
        assertThat(sim.books().transfers()).extracting(Transfer::receipt).doesNotHaveDuplicates();
    }

    private static String phone(int i) {
        return "254722%06d".formatted(i);
    }
}
