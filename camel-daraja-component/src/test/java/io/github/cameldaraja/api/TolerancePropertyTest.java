package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Tolerant in reading, strict in meaning: every message of the tables in every form that was seen. */
class TolerancePropertyTest {

    private static final List<ConformanceRow> MESSAGES = ConformanceMessages.rows().stream()
            .filter(row -> !row.own.isEmpty() && !(row.api instanceof ConsultationApi)).toList();

    @Provide
    Arbitrary<ConformanceRow> messages() {
        return Arbitraries.of(MESSAGES);
    }

    private static Message own(ConformanceRow row) {
        return new Message(row.own.get(0), SampleFiles.bytes(row.own.get(0)));
    }

    private static Outcome read(DarajaApi api, byte[] bytes) {
        JsonObject message = Json.readObject(bytes);
        Outcome.Builder outcome = message == null ? null
                : api instanceof OutcomeApi later ? later.callback(message)
                : api instanceof QueryApi query ? query.answer(message) : ((NoticeApi) api).payment(message);
        return outcome == null ? null : outcome.build();
    }

    private static List<Object> core(Outcome outcome) {
        return Arrays.asList(outcome.operation(), outcome.status(), outcome.resultCode(), outcome.resultCategory(),
                outcome.retriable(), outcome.receiptNumber(),
                outcome.amount() == null ? null : outcome.amount().stripTrailingZeros(), outcome.phoneNumber(),
                outcome.transactionDate(), outcome.accountReference(), outcome.merchantRequestId(), outcome.checkoutRequestId(),
                outcome.conversationId(), outcome.originatorConversationId(), outcome.source(),
                new HashSet<>(outcome.balances()));
    }

    // -- meaning survives form --

    @Property(tries = 1500)
    void theFormOfAMessageDoesNotMatter(@ForAll @From("messages") ConformanceRow row, @ForAll long seed) {
        Message sample = own(row);
        Message mutant = new Message(sample + " in another form", Json.write(new Mutation(seed).of(sample.root())));

        Outcome outcome = read(row.api, mutant.bytes());

        assertThat(outcome).as(mutant.root().toString()).isNotNull();
        assertThat(core(outcome)).as(mutant.root().toString()).isEqualTo(core(read(row.api, sample.bytes())));
        Map<String, Set<String>> kept = Message.scalars(outcome.details());
        mutant.scalars().forEach((name, values) -> {
            assertThat(kept).as(mutant.root().toString()).containsKey(name);
            assertThat(kept.get(name)).as(name + " of " + mutant.root()).containsAll(values);
        });
    }

    @Property(tries = 1000)
    void whatIsMissingOrNullIsNull(@ForAll @From("messages") ConformanceRow row, @ForAll long seed) {
        Message sample = own(row);
        Random random = new Random(seed);
        JsonNode mutant = sample.root().deepCopy();
        poke(mutant, random, random.nextBoolean() ? null : "null");

        Outcome outcome = read(row.api, Json.write(mutant));

        if (outcome != null) {
            List<Object> whole = core(read(row.api, sample.bytes()));
            List<Object> less = core(outcome);
            assertThat(outcome.isCompleted() && whole.get(1) != PaymentStatus.COMPLETED).as(mutant.toString()).isFalse();
            // receipt, amount, phone, date: there, or not there, never another one
            for (int i = 5; i < 9; i++) {
                assertThat(less.get(i) == null || less.get(i).equals(whole.get(i))).as(mutant.toString()).isTrue();
            }
        }
    }

    // takes one member or item out, or puts null in its place
    private static void poke(JsonNode root, Random random, String instead) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        if (holder instanceof ObjectNode object && object.size() > 0) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (instead == null) {
                object.remove(name);
            } else {
                object.putNull(name);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode()) {
            holders.add(node);
        }
        node.forEach(child -> collect(child, holders));
    }

    // -- nothing becomes a payment by accident --

    /** The code of success by the reference, section 2.3; read without the code under test. */
    private static boolean saysSuccess(DarajaApi api, JsonNode message) {
        Map<String, Set<String>> said = new Message("", Json.write(message)).scalars();
        Set<String> values = new HashSet<>();
        String wanted = api instanceof NoticeApi ? api instanceof BillPayment ? "transactionid" : "transid"
                : api instanceof TransactionStatus ? "transactionstatus"
                : api instanceof StandingOrder ? "responsecode" : "resultcode";
        said.forEach((name, all) -> {
            if (name.replace(" ", "").toLowerCase(Locale.ROOT).equals(wanted)) {
                values.addAll(all);
            }
        });
        return values.stream().map(String::trim).anyMatch(value -> api instanceof NoticeApi
                || (api instanceof TransactionStatus ? value.equalsIgnoreCase("Completed") : value.matches("0+([.]0+)?")));
    }

    @Property(tries = 1500)
    void brokenTextIsNeverAPaymentByAccident(@ForAll @From("messages") ConformanceRow row, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = Json.write(own(row).root());
        int strikes = 1 + random.nextInt(3);
        for (int i = 0; i < strikes; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) "\"{}[]:,".charAt(random.nextInt(7));
                case 2 -> (byte) ('0' + random.nextInt(10));
                default -> bytes[random.nextInt(bytes.length)];
            };
        }
        Outcome outcome = read(row.api, bytes);

        if (outcome != null && outcome.isCompleted()) {
            assertThat(saysSuccess(row.api, Json.readTree(new String(bytes, StandardCharsets.UTF_8)))).isTrue();
        }
        if (outcome != null) {
            assertThat(Json.write(outcome)).isNotEmpty();
            assertThat(outcome.toString()).isNotEmpty();
        }
    }

    @Property(tries = 300)
    void truncatedTextIsNoMessage(@ForAll @From("messages") ConformanceRow row, @ForAll long seed) {
        byte[] bytes = Json.write(own(row).root());

        assertThat(read(row.api, Arrays.copyOf(bytes, new Random(seed).nextInt(bytes.length)))).isNull();
    }

    @Property(tries = 1000)
    void onlyTheCodeOfSuccessPays(@ForAll @From("messages") ConformanceRow row, @ForAll @From("codes") String code) {
        JsonNode message = own(row).root().deepCopy();
        boolean question = row.api instanceof TransactionStatus;
        for (String name : question ? List.of("ResultCode") : List.of("ResultCode", "resultCode", "responseCode")) {
            message.findParents(name).forEach(parent -> ((ObjectNode) parent).put(name, code));
        }
        message.findParents("value").stream().filter(pair -> pair.path("name").asText().equals("responseCode"))
                .forEach(pair -> ((ObjectNode) pair).put("value", code));
        message.findParents("Value").stream().filter(pair -> pair.path("Name").asText().equals("responseCode"))
                .forEach(pair -> ((ObjectNode) pair).put("Value", code));

        Outcome outcome = read(row.api, Json.write(message));

        if (!(row.api instanceof NoticeApi) && !code.trim().matches("0+([.]0+)?")) {
            assertThat(outcome == null || !outcome.isCompleted()).as(message.toString()).isTrue();
            assertThat(outcome == null || outcome.receiptNumber() == null).as(message.toString()).isTrue();
        }
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.oneOf(Arbitraries.of("", " ", "0 ", "00", "0.0", "-0", "0x0", "O", "o", "null", "false", "true", "200",
                "1", "17", "1032", "1037", "2001", "4999", "R000001", "SFC_IC0003", "100000000", "0,0", "0\u0000", "٠"),
                Arbitraries.strings().ascii().ofMaxLength(6), Arbitraries.integers().between(-9, 9999).map(String::valueOf));
    }

    @Property(tries = 500)
    void aQueryPaysWithBothCodesOnly(@ForAll @From("codes") String response, @ForAll @From("codes") String result) {
        ObjectNode answer = (ObjectNode) own("stkQuery/response-success");
        answer.put("ResponseCode", response).put("ResultCode", result);

        boolean documented = response.trim().matches("0+([.]0+)?") && result.trim().matches("0+([.]0+)?");
        assertThat(read(new StkQuery(), Json.write(answer)).isCompleted()).isEqualTo(documented);
    }

    private static JsonNode own(String name) {
        return new Message(name, SampleFiles.bytes(name)).root().deepCopy();
    }

    @Property(tries = 400)
    void garbageIsNothing(@ForAll @From("messages") ConformanceRow row, @ForAll @Size(max = 300) byte[] bytes,
                          @ForAll String text) {
        assertThat(read(row.api, bytes)).isNull();
        assertThat(read(row.api, text.getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(read(row.api, Json.write(Map.of("Result", text, "Body", text, "TransID", text)))).isNull();
    }

    // -- values --

    @Property(tries = 500)
    void repeatedNamesKeepAllTheirValues(@ForAll @IntRange(min = 1, max = 5) int times, @ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder items = new StringBuilder();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            values.add("600" + random.nextInt(1000) + " - Organisation " + i);
            items.append(i == 0 ? "" : ",")
                    .append("{\"Key\":\"DebitPartyName\",\"Value\":\"").append(values.get(i)).append("\"}");
        }
        JsonObject message = SampleFiles.json("{\"Result\":{\"ResultCode\":0,\"ResultParameters\":{\"ResultParameter\":["
                + items + "]}}}");

        assertThat(Message.scalars(new TransactionStatus().callback(message).build().details()).get("DebitPartyName"))
                .containsExactlyElementsOf(new LinkedHashSet<>(values));
    }

    @Property(tries = 300)
    void wholePhonesAreToldFromMaskedAndHashedOnes(@ForAll @LongRange(min = 0, max = 99_999_999) long digits,
                                                   @ForAll boolean seven, @ForAll @IntRange(max = 6) int form) {
        String national = (seven ? "7" : "1") + String.format("%08d", digits);
        String whole = "254" + national;
        String told = switch (form) {
            case 0 -> whole;
            case 1 -> "+" + whole;
            case 2 -> "0" + national;
            case 3 -> national;
            case 4 -> "2547 ***** " + whole.substring(9);
            case 5 -> whole.substring(0, 5) + "****" + whole.substring(9);
            default -> "4bd54ec2529fc8753122883ffcac3c8078ba4024b729f6bc6b5568ba5146b0b9";
        };
        ObjectNode message = (ObjectNode) own("c2bConfirmation/callback-masked");
        Outcome outcome = read(new C2bConfirmation(), Json.write(message.put("MSISDN", told)));

        assertThat(outcome.phoneNumber()).isEqualTo(form < 4 ? whole : told);
        assertThat(PhoneNumbers.isWhole(outcome.phoneNumber())).isEqualTo(form < 4);
        assertThat(outcome.toString()).doesNotContain(national);
    }

    @Property(tries = 300)
    void everyDocumentedFormOfATimeIsRead(@ForAll @LongRange(min = 1_546_300_800L, max = 2_524_608_000L) long epoch,
                                          @ForAll @IntRange(max = 5) int form) {
        OffsetDateTime time = OffsetDateTime.ofInstant(Instant.ofEpochSecond(epoch), ZoneOffset.ofHours(3));
        List<String> patterns = List.of("yyyyMMddHHmmss", "dd.MM.yyyy HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.SS",
                "dd-MM-yyyy HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'");
        boolean zulu = form == 5;
        String text = DateTimeFormatter.ofPattern(patterns.get(form))
                .format(zulu ? time.withOffsetSameInstant(ZoneOffset.UTC) : time);
        ObjectNode message = (ObjectNode) own("c2bConfirmation/callback-masked");

        assertThat(read(new C2bConfirmation(), Json.write(message.put("TransTime", text))).transactionDate()).isEqualTo(time);
        if (form == 0) {
            assertThat(read(new C2bConfirmation(), Json.write(message.put("TransTime", Long.parseLong(text)))).transactionDate())
                    .isEqualTo(time);
        }
    }

    @Property(tries = 300)
    void aGenericIdIsNeverAReceipt(@ForAll @From("messages") ConformanceRow row, @ForAll @IntRange(max = 25) int year,
                                   @ForAll @IntRange(max = 11) int month, @ForAll @IntRange(max = 30) int day,
                                   @ForAll boolean blanks) {
        String id = "" + (char) ('A' + year) + (char) ('A' + month) + "123456789ABCDEFGHIJKLMNOPQRSTUV".charAt(day) + "0000000";
        JsonNode message = own(row).root();
        Set<String> receipts = Set.of("MpesaReceiptNumber", "TransactionReceipt", "TransactionID", "transactionId", "TransID",
                "ReceiptNo");
        replace(message, receipts, blanks ? " " + id + " " : id);

        Outcome outcome = read(row.api, Json.write(message));

        assertThat(outcome == null || outcome.receiptNumber() == null).as(message.toString()).isTrue();
    }

    private static void replace(JsonNode node, Set<String> names, String value) {
        if (node instanceof ObjectNode object) {
            String key = object.path("Key").asText(object.path("Name").asText(null));
            if (key != null && names.contains(key)) {
                object.put("Value", value);
            }
            names.stream().filter(object::has).forEach(name -> object.put(name, value));
        }
        node.forEach(child -> replace(child, names, value));
    }

    @Property(tries = 300)
    void balancesAreReadIntoAccounts(@ForAll @Size(min = 1, max = 5) List<@From("accounts") Balance> accounts,
                                     @ForAll boolean blanks) {
        StringBuilder text = new StringBuilder();
        for (Balance account : accounts) {
            text.append(text.isEmpty() ? "" : "&").append(account.account()).append('|').append(account.currency());
            for (BigDecimal column : List.of(account.current(), account.available(), account.reserved(), account.uncleared())) {
                text.append('|').append(blanks ? " " : "").append(column);
            }
        }
        JsonNode message = own("accountBalance/callback-success");
        message.findParents("Key").stream().filter(pair -> pair.path("Key").asText().equals("AccountBalance"))
                .forEach(pair -> ((ObjectNode) pair).set("Value", new TextNode(text.toString())));

        assertThat(read(new AccountBalance(), Json.write(message)).balances()).isEqualTo(accounts);
    }

    @Provide
    Arbitrary<Balance> accounts() {
        Arbitrary<BigDecimal> cents = Arbitraries.longs().between(-9_999_999L, 9_999_999_999L).map(c -> BigDecimal.valueOf(c, 2));
        Arbitrary<String> names = Arbitraries.of("Utility Account", "Working Account", "Charges Paid Account",
                "Organization Settlement Account", "Merchant Account", "Some New Account");
        return names.flatMap(name -> cents.tuple4().map(four ->
                new Balance(name, "KES", four.get1(), four.get2(), four.get3(), four.get4())));
    }
}
