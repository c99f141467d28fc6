package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class NameEnquiryTest extends MerchantTest {

    private static final String TOKEN = "/auth/v1/generate";
    private static final String NOTIFY = "/c2b_hakikisha/v1/notify";

    @Test
    void asksForATokenAndThenForTheName() {
        receiver.reply(TOKEN, 200, "{\"access_token\":\"merchants-own\",\"expires_in\":3599}");
        receiver.reply(NOTIFY, 200, "{\"accountName\":\"Shop of Asha\",\"accountNumber\":\"A1\"}");
        NameAnswer answer = ask();
        assertThat(answer.accountName()).isEqualTo("Shop of Asha");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(receiver.at(TOKEN).get(0).header("Authorization")).isEqualTo(Shop.basic("k", "s"));
        Receiver.Received question = receiver.at(NOTIFY).get(0);
        assertThat(question.header("Authorization")).isEqualTo("Bearer merchants-own");
        assertThat(question.json().properties()).extracting(Map.Entry::getKey)
                .containsExactly("requestId", "timestamp", "accountNumber", "shortcode");
        assertThat(question.text("requestId")).isEqualTo(answer.requestId());
        assertThat(question.text("timestamp")).matches("\\d{14}");
        assertThat(question.text("accountNumber")).isEqualTo("A1");
        assertThat(question.text("shortcode")).isEqualTo(payBill);
        assertThat(sim.counters().count("c2b.nameEnquiries")).isEqualTo(1);
    }

    @Test
    void tellsWhatWentWrong() {
        receiver.reply(TOKEN, 401, "{\"errorMessage\":\"no\"}");
        NameAnswer answer = ask();
        assertThat(answer.tokenStatus()).isEqualTo(401);
        assertThat(answer.status()).isEqualTo(-1);
        assertThat(answer.body()).contains("no");
        assertThat(receiver.at(NOTIFY)).isEmpty();

        receiver.reply(TOKEN, 200, "{\"access_token\":\"x\"}");
        receiver.reply(NOTIFY, 422, "{\"requestId\":\"1\",\"errorMessage\":\"unknown\"}");
        assertThat(ask().status()).isEqualTo(422);
        assertThat(ask().accountName()).isNull();

        assertThat(sim.c2b().askForName("http://127.0.0.1:1", "k", "s", "A1", payBill).join().tokenStatus())
                .isEqualTo(-1);
        assertThat(sim.c2b().askForName("no url", "k", "s", "A1", payBill).join().tokenStatus()).isEqualTo(-1);
    }

    @Test
    void asksByControlCall() {
        receiver.reply(TOKEN, 200, "{\"access_token\":\"x\"}");
        receiver.reply(NOTIFY, 200, "{\"accountName\":\"Asha\"}");
        JsonNode answer = controlled("/c2b/names", "{\"url\": \"" + receiver.url("") + "\", \"key\": \"k\", "
                + "\"secret\": \"s\", \"accountNumber\": \"A1\", \"shortCode\": \"" + payBill + "\"}");
        assertThat(answer.path("accountName").asText()).isEqualTo("Asha");
        assertThat(answer.path("tokenStatus").asInt()).isEqualTo(200);
    }

    private NameAnswer ask() {
        return sim.c2b().askForName(receiver.url(""), "k", "s", "A1", payBill).join();
    }
}
