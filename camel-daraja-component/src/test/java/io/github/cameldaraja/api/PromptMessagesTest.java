package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Callbacks of B2B Express and standing orders that are not as the page shows them. */
class PromptMessagesTest {

    private static Outcome order(String body) {
        return new StandingOrder().callback(SampleFiles.json("{\"ResponseHeader\":{\"responseCode\":\"0\",\"Status\":\"outer\"},"
                + "\"ResponseBody\":" + body + "}")).build();
    }

    @Test
    void aFailureThatNamesAReceiptProvesNothing() {
        Outcome outcome = new B2bExpress().callback(SampleFiles.json(
                "{\"resultCode\":\"4201\",\"transactionId\":\"UKL9JK56LM\",\"amount\":\"71.0\"}")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(outcome.receiptNumber()).isNull();
        assertThat(outcome.details()).containsEntry("transactionId", "UKL9JK56LM");
    }

    @Test
    void whatStandsInTheBodyBesideTheDataIsKept() {
        assertThat(order("{\"ResponseData\":[{\"Name\":\"a\",\"Value\":1}],\"more\":7}").details())
                .containsEntry("a", "1")
                .containsEntry("ResponseBody", Map.of("ResponseData", List.of(Map.of("Name", "a", "Value", 1)), "more", 7));
    }

    @Test
    void aNameThatMeansTwoThingsKeepsBoth() {
        assertThat(order("{\"ResponseData\":[{\"Name\":\"Status\",\"Value\":\"OKAY\"}]}").details())
                .containsEntry("Status", List.of("outer", "OKAY")).doesNotContainKey("ResponseBody");
    }
}
