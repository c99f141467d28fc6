package io.github.cameldaraja.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.examples.checkout.demo.Answer;
import io.github.cameldaraja.examples.checkout.demo.LocalShop;
import io.github.cameldaraja.examples.checkout.demo.Playbill;
import io.github.cameldaraja.examples.checkout.demo.Story;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The demo must notice what goes wrong. */
class DemoTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private LocalShop shop;

    @TempDir
    Path data;

    @BeforeEach
    void open() {
        shop = LocalShop.open(safaricom, CheckoutApp.Dsl.JAVA, LocalShop.Ports.FREE, data);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aGoodStoryIsGood() {
        assertThat(play(new Story("pays", OrderStatus.PAID, this::buys))).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("✔  pays", "The books agree").doesNotContain("✘");
    }

    @Test
    void anotherEndIsNoticed() {
        assertThat(play(new Story("cancels", OrderStatus.DECLINED, this::buys))).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("✘  cancels", "The books agree");
    }

    @Test
    void aBrokenStoryIsNoticed() {
        assertThat(play(new Story("breaks", OrderStatus.PAID, any -> {
            throw new IllegalStateException("no prompt");
        }))).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("✘  breaks", "no prompt");
    }

    @Test
    void aShillingTooMuchIsNoticed() {
        assertThat(play(new Story("pays", OrderStatus.PAID, at -> {
            at.orders().ledger().credit("another", "ORDER1", BigDecimal.ONE);
            return buys(at);
        }))).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("✔  pays", "✘  All together", "DO NOT agree");
    }

    private boolean play(Story story) {
        return Demo.play(shop, List.of(story), new Playbill(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    }

    private Story.Ending buys(LocalShop at) {
        Answer answer = at.buys("0712345678", 250, "Shoes").join();
        return new Story.Ending(answer.id(), "bought", true);
    }
}
