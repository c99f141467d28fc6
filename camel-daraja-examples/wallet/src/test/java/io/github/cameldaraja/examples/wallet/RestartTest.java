package io.github.cameldaraja.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a second start finds, with the routes in Java and in YAML. */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.wallet.Dsls#tested")
class RestartTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension(
            SimulatorSettings.defaults().withHandset(true).withConfirmationDelay(Duration.ofMillis(50)));

    private static final String AMINA = "254722000001";
    private static final String BRIAN = "254722000002";

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final int callbacks = LocalWallet.freePort();

    @Parameter
    WalletApp.Dsl dsl;

    @TempDir
    Path data;

    private LocalWallet wallet;

    @BeforeEach
    void open() {
        wallet = LocalWallet.open(safaricom, dsl, data, callbacks);
    }

    @AfterEach
    void close() {
        wallet.close();
    }

    @Test
    void aPromptIsAnsweredToTheNextProcess() {
        String reference = wallet.app().topsUp(AMINA, "A1", 100).reference();
        wallet.close();

        open();
        enterPin(AMINA);

        wallet.agreesWithSafaricom();
        assertThat(wallet.balance(AMINA)).isEqualByComparingTo("100");
        assertThat(wallet.app().topsUp(AMINA, "A1", 100).reference()).isEqualTo(reference);
        assertThat(safaricom.counters().pushes()).isEqualTo(1);
    }

    @Test
    void whatWasPaidMeanwhileIsCreditedOnce() {
        wallet.app().topsUp(AMINA, "A1", 100);
        safaricom.faults().forPhoneOnce(BRIAN, Script.pays().offeredToHandset().resetAfterAccepting());
        wallet.app().topsUp(BRIAN, "B1", 200);
        wallet.close();
        // nobody is there to be told
        enterPin(AMINA);
        enterPin(BRIAN);
        wallet.isPaid(AMINA, AMINA, 50).join();
        await().until(() -> safaricom.callbacks().size() == 5);

        open();
        wallet.catchesUp();

        assertThat(wallet.balance(AMINA)).isEqualByComparingTo("150");
        assertThat(wallet.balance(BRIAN)).isEqualByComparingTo("200");
    }

    @Test
    void whatWasNotBookedInTimeIsBookedByTheNextProcess() {
        wallet.database().execute("alter table entry add constraint broken check (amount <> 77)");
        wallet.app().topsUp(AMINA, "A1", 77);
        enterPin(AMINA);
        await().until(() -> wallet.database().queryForObject("select count(*) from daraja_delivery where attempt > 1",
                Integer.class) == 1);
        wallet.database().execute("alter table entry drop constraint broken");
        wallet.close();

        open();
        wallet.catchesUp();

        assertThat(wallet.balance(AMINA)).isEqualByComparingTo("77");
    }

    private void enterPin(String phone) {
        await().until(() -> !safaricom.handset().prompts(phone).isEmpty());
        safaricom.handset().enterPin(safaricom.handset().prompts(phone).get(0).checkoutRequestId(), "1234");
    }
}
