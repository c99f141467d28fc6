package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Tolerant in reading: order, types, missing values and garbage. */
class ResultMessagesPropertyTest {

    private static final List<OutcomeApi> ALL = List.of(new B2c(), new B2Pochi(), new B2b(), new TaxRemittance(), new Reversal(),
            new TransactionStatus(), new AccountBalance());

    private static String item(String key, String value) {
        return "{\"Key\":\"" + key + "\",\"Value\":" + value + "}";
    }

    private static String any(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    @Property(tries = 400)
    void aPayoutInAnyOrderAndTyping(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> items = new ArrayList<>(List.of(
                item("TransactionAmount", any(random, "4350", "4350.00", "\"4350.0\"", "4.35E3")),
                item(any(random, "TransactionReceipt", "transactionReceipt", "Transaction Receipt"), "\"UKL5XY6ZW7\""),
                item("ReceiverPartyPublicName", any(random, "\"254711222333 - W A\"", "\"0711222333 -  W A\"")),
                item(any(random, "TransactionCompletedDateTime", "TransCompletedTime"),
                        any(random, "\"21.11.2026 09:14:05\"", "20261121091405", "\"20261121091405\"")),
                any(random, "{\"Key\":\"B2CRecipientIsRegisteredCustomer\"}", item("B2CRecipientIsRegisteredCustomer", "null")),
                any(random, "{}", "7", "null", item("New", "{\"a\":[1]}"))));
        Collections.shuffle(items, random);
        List<String> fields = new ArrayList<>(List.of(
                "\"ResultCode\":" + any(random, "0", "\"0\""), "\"ResultType\":" + any(random, "0", "\"0\"", "null"),
                "\"ResultDesc\":" + any(random, "null", "\"\"", "\"ok\""), "\"ConversationID\":\"AG_1\"",
                "\"OriginatorConversationID\":\"own-1\"", "\"TransactionID\":" + any(random, "\"\"", "null", "\"UKL0000000\"",
                "7"),
                "\"ReferenceData\":" + any(random, "null", "{}", "{\"ReferenceItem\":" + item("QueueTimeoutURL", "\"x\"") + "}",
                        "{\"ReferenceItem\":[" + item("QueueTimeoutURL", "\"x\"") + "]}"),
                "\"ResultParameters\":{\"ResultParameter\":[" + String.join(",", items) + "]}"));
        Collections.shuffle(fields, random);

        Outcome outcome = new B2c().callback(ResultSamples.json("{\"Result\":{" + String.join(",", fields) + "}}")).build();

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.receiptNumber()).isEqualTo("UKL5XY6ZW7");
        assertThat(outcome.amount()).isEqualByComparingTo("4350");
        assertThat(outcome.phoneNumber()).isEqualTo("254711222333");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T09:14:05+03:00"));
        assertThat(outcome.conversationId()).isEqualTo("AG_1");
        assertThat(outcome.details()).containsKey("B2CRecipientIsRegisteredCustomer");
    }

    @Property(tries = 300)
    void anyValueAtAnyPlaceIsRead(@ForAll long seed, @ForAll String text) {
        Random random = new Random(seed);
        String value = any(random, "null", "[]", "{}", "[[1]]", "true", "-1", "1E999999999", "1E30",
                new String(Json.write(text)));
        String name = any(random, "TransactionAmount", "TransactionReceipt", "ReceiverPartyPublicName", "AccountBalance",
                "ReceiptNo", "DebitPartyName", "CreditPartyPublicName", "FinalisedTime", "TransCompletedTime",
                "B2CUtilityAccountAvailableFunds", "DebitAccountBalance", "BillReferenceNumber", "TransactionStatus");
        String items = any(random, item(name, value), "[" + item(name, value) + "," + item(name, "\"x\"") + "]", value);
        JsonObject message = ResultSamples.json("{\"Result\":{\"ResultCode\":0,\"TransactionID\":" + value
                + ",\"ResultParameters\":" + any(random, value, "{\"ResultParameter\":" + items + "}")
                + ",\"ReferenceData\":" + any(random, value, "{\"ReferenceItem\":" + items + "}") + "}}");

        for (OutcomeApi api : ALL) {
            Outcome outcome = api.callback(message).build();
            assertThat(Json.write(outcome)).isNotEmpty();
            assertThat(outcome.phoneNumber() == null || PhoneNumbers.isWhole(outcome.phoneNumber())).isTrue();
        }
    }

    @Property(tries = 300)
    void noBytesBreakTheReader(@ForAll @Size(max = 200) byte[] bytes) {
        JsonObject message = Json.readObject(bytes);

        assertThat(ALL).allMatch(api -> message == null || api.callback(message) == null);
    }
}
