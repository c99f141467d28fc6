package io.github.cameldaraja.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.examples.checkout.demo.Audit;
import io.github.cameldaraja.examples.checkout.demo.LocalShop;
import io.github.cameldaraja.examples.checkout.demo.Stories;
import io.github.cameldaraja.examples.checkout.demo.Story;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo's stories, one after the other in one shop, with the routes in Java and in YAML. */
@ParameterizedClass
@EnumSource
class StoriesTest {

    @TempDir
    private static Path data;
    private static DarajaSimulator safaricom;
    private static LocalShop shop;

    StoriesTest(CheckoutApp.Dsl dsl) {
    }

    @BeforeParameterizedClassInvocation
    static void open(CheckoutApp.Dsl dsl) {
        safaricom = DarajaSimulator.start();
        shop = LocalShop.open(safaricom, dsl, LocalShop.Ports.FREE, data.resolve(dsl.name()));
    }

    @AfterParameterizedClassInvocation
    static void theBooksAgreeToTheShilling() {
        try (DarajaSimulator closing = safaricom; LocalShop closed = shop) {
            Audit audit = new Audit(closed);
            assertThat(audit.total().shop()).isPositive().isEqualByComparingTo(audit.total().safaricom());
            assertThat(audit.agrees()).isTrue();
        }
    }

    static List<Story> stories() {
        return Stories.ALL;
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsAsItShould(Story story) {
        Story.Played played = story.play(shop);

        assertThat(played.well()).as("%s", played).isTrue();
        Audit.Line line = new Audit(shop).of(played.order());
        assertThat(line.shop()).isEqualByComparingTo(line.safaricom());
        assertThat(line.shop().signum()).isEqualTo(story.shouldEnd() == OrderStatus.PAID ? 1 : 0);
    }
}
