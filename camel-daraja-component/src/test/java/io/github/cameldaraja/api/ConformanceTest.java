package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldaraja.gateway.GatewayReading;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every API against every sample: our own, always, and Safaricom's published ones where a copy of them is at hand, in the folder
 * of {@code -Ddaraja.payloads=…} or beside the project; skipped elsewhere. What must come out stands in the tables of
 * {@link ConformanceRequests}, {@link ConformanceAnswers}, {@link ConformanceMessages} and {@link ConformanceErrors}.
 */
class ConformanceTest {

    private static final List<ConformanceRow> ROWS = Stream.of(ConformanceRequests.rows(), ConformanceAnswers.rows(),
            ConformanceMessages.rows(), ConformanceErrors.rows()).flatMap(List::stream).toList();

    /** The operations with a message on the wire. */
    private static final List<String> OPERATIONS = List.of("stkPush", "stkQuery", "c2bRegister", "c2bSimulate", "c2bValidation",
            "c2bConfirmation", "b2c", "b2pochi", "b2b", "b2bExpress", "taxRemittance", "reversal", "transactionStatus",
            "accountBalance", "standingOrder", "qrCode", "billOptIn", "billOptInUpdate", "billInvoice", "billInvoices",
            "billCancel", "billCancelAll", "billReconcile", "billPayment", "pullRegister", "pullTransactions", "imsi", "simSwap",
            "organizationInfo", "customerName", "c2bName", "bonga", "iotSim", "invoke");

    /** Answers to the token call: life in seconds, published sample, own sample. */
    private static final List<String[]> TOKENS = List.of(
            new String[] { "oauth.response", "oauth/response", "3599" },
            new String[] { "oauth.response.string-expiry", "oauth/response-text-expiry", "1799" });

    /** Own samples that belong to no row: they are read by the tests of their APIs, in ways of their own. */
    private static final Set<String> OWN_ELSEWHERE = Set.of("b2b/callback-success-disbursement", "b2pochi/callback-success");

    private static final Map<ConformanceRow.Kind, Set<String>> PASSED = new EnumMap<>(ConformanceRow.Kind.class);
    private static final Set<String> TOKENS_PASSED = new TreeSet<>();

    private static final Pattern IDENTIFYING = Pattern.compile("(?=.*[0-9].*[0-9].*[0-9])[A-Za-z0-9_+/=-]{7,}");

    // -- our own samples --

    @TestFactory
    Stream<DynamicTest> ourOwnSamples() {
        return ROWS.stream().flatMap(row -> row.own.stream().map(name -> DynamicTest.dynamicTest(row.kind + " " + name,
                () -> check(row, own(name), List.of()))));
    }

    /** @param name of a file, or of a member of the object in a file, behind {@code #} */
    private static Message own(String name) {
        Message file = new Message(name, SampleFiles.bytes(file(name)));
        return name.equals(file(name)) ? file
                : new Message(name, Json.write(file.root().required(name.substring(name.indexOf('#') + 1))));
    }

    private static String file(String name) {
        return name.replaceFirst("#.*", "");
    }

    @TestFactory
    Stream<DynamicTest> ourOwnTokens() {
        return TOKENS.stream().map(token -> DynamicTest.dynamicTest(token[1], () -> checkToken(
                new Message(token[1], SampleFiles.bytes(token[1])), Long.parseLong(token[2]))));
    }

    /** Each shape that is published has a sample of our own: nothing is unchecked where the published ones are missing. */
    @Test
    void everyShapeHasASampleOfOurOwn() {
        Map<String, Boolean> shapes = new LinkedHashMap<>();
        ROWS.forEach(row -> {
            if (row.published != null) {
                shapes.merge(row.published, !row.own.isEmpty(), Boolean::logicalOr);
            }
        });
        // the same shape with another text or another spelling of it has its sample in the next row
        Set<String> sameShape = Set.of("c2b-validation.reply.accept.third-party-id", "c2b-validation.reply.reject",
                "pull-register.response.already-registered.spaced-keys", "iot-getallmessages.request",
                "result.b2b.failure");

        assertThat(shapes.keySet().stream().filter(shape -> !shapes.get(shape))).containsExactlyInAnyOrderElementsOf(sameShape);
        sameShape.forEach(shape -> assertThat(ROWS.get(indexOf(shape) + 1).own).as(shape).isNotEmpty());
        assertThat(shapes.size() + TOKENS.size()).isEqualTo(154);
    }

    private static int indexOf(String published) {
        return ROWS.stream().map(row -> row.published).toList().indexOf(published);
    }

    @Test
    void everyOwnSampleIsChecked() throws Exception {
        Path folder = Path.of(ConformanceTest.class.getResource("/samples").toURI());
        Set<String> checked = new TreeSet<>(OWN_ELSEWHERE);
        ROWS.forEach(row -> row.own.forEach(name -> checked.add(file(name))));
        TOKENS.forEach(token -> checked.add(token[1]));

        assertThat(names(folder)).containsExactlyElementsOf(checked);
    }

    @Test
    void everyOperationIsInTheTables() {
        Set<String> named = ROWS.stream().filter(row -> row.api != null).map(row -> row.api.name()).collect(Collectors.toSet());

        assertThat(OPERATIONS).allMatch(named::contains);
    }

    // -- the published samples --

    private static Path published() {
        Path folder = SampleFiles.published();
        assumeTrue(folder != null, "the published samples are not at hand (-Ddaraja.payloads=<folder>): skipped");
        return folder;
    }

    private static Message published(String name) {
        return new Message(name, SampleFiles.published(name));
    }

    @TestFactory
    Stream<DynamicTest> publishedSamples() {
        published();
        return ROWS.stream().filter(row -> row.published != null).map(row -> DynamicTest.dynamicTest(
                row.kind + " " + row.published + (row.api == null ? "" : " " + row.api.name()), () -> {
                    check(row, published(row.published), row.differences);
                    PASSED.computeIfAbsent(row.kind, any -> new TreeSet<>()).add(row.published);
                }));
    }

    @TestFactory
    Stream<DynamicTest> publishedTokens() {
        published();
        return TOKENS.stream().map(token -> DynamicTest.dynamicTest(token[0], () -> {
            checkToken(published(token[0]), 3599);
            TOKENS_PASSED.add(token[0]);
        }));
    }

    @Test
    void everyPublishedFileHasARule() throws IOException {
        Set<String> known = new TreeSet<>();
        ROWS.stream().filter(row -> row.published != null).forEach(row -> known.add(row.published));
        TOKENS.forEach(token -> known.add(token[0]));

        assertThat(names(published())).containsExactlyElementsOf(known);
    }

    /** What is said of the differences is true: a value that is refused here is refused there. */
    @TestFactory
    Stream<DynamicTest> differencesAreReal() {
        published();
        return ROWS.stream().flatMap(row -> row.differences.stream().filter(ConformanceRow.Difference::refused)
                .map(difference -> DynamicTest.dynamicTest(row.published + " " + difference.place(), () -> {
                    List<ConformanceRow.Difference> others = new ArrayList<>(row.differences);
                    others.remove(difference);
                    JsonNode sample = expected(published(row.published), others);
                    assertThatThrownBy(() -> wire(row, sample)).isInstanceOf(InvalidFieldException.class)
                            .hasMessageContaining(difference.place());
                })));
    }

    /** A number in clear, masked or hashed is that of the payer who is known from elsewhere. */
    @TestFactory
    Stream<DynamicTest> publishedPayersAreRecognised() {
        published();
        Map<String, String> payers = Map.of("c2b-confirmation.v2-masked", "254700000126", "c2b-confirmation.v1-hashed",
                "254705912645", "c2b-confirmation.legacy-clear", "254708374149", "c2b-validation", "254708374149");
        return payers.entrySet().stream().map(payer -> DynamicTest.dynamicTest(payer.getKey(), () -> {
            JsonObject message = Json.readObject(published(payer.getKey()).bytes());
            String told = payer.getKey().equals("c2b-validation") ? new C2bValidation().question(message).phoneNumber()
                    : new C2bConfirmation().payment(message).build().phoneNumber();
            assertThat(PhoneMatch.fits(told, payer.getValue())).isTrue();
        }));
    }

    /** Nothing that identifies anybody or anything went from the published samples into ours. */
    @Test
    void ourOwnSamplesHaveValuesOfTheirOwn() throws Exception {
        Set<String> theirs = new LinkedHashSet<>();
        for (String name : names(published())) {
            published(name).scalars().values().forEach(theirs::addAll);
        }
        // codes are everybody's, and so are the authority's pay bill and test values that nobody owns
        theirs.removeIf(value -> value.matches("[0-9.]{6,14}|R00000[12]|C2B00011|0000000000") && !value.startsWith("254"));
        theirs.removeIf(value -> !IDENTIFYING.matcher(value).matches());
        Path folder = Path.of(ConformanceTest.class.getResource("/samples").toURI());
        for (String name : names(folder)) {
            new Message(name, SampleFiles.bytes(name)).scalars().forEach((key, values) ->
                    assertThat(values).as(name + " " + key).doesNotContainAnyElementsOf(theirs));
        }
    }

    @AfterAll
    static void printFigures() {
        if (PASSED.isEmpty()) {
            return;
        }
        StringBuilder figures = new StringBuilder("published samples:");
        PASSED.forEach((kind, files) -> figures.append(' ').append(files.size()).append(' ').append(kind.figure()).append(','));
        figures.append(' ').append(TOKENS_PASSED.size()).append(" tokens read, 0 skipped;");
        long differences = ROWS.stream().mapToLong(row -> row.differences.size()).sum();
        figures.append(' ').append(differences).append(" deliberate differences");
        System.out.println(figures);
        ROWS.forEach(row -> row.differences.forEach(difference -> System.out.println("  " + row.published + " "
                + difference.place() + (difference.refused() ? " (refused): " : " (sent otherwise): ") + difference.reason())));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/').replaceFirst("[.]json$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    // -- the checks --

    private static void check(ConformanceRow row, Message sample, List<ConformanceRow.Difference> differences) {
        switch (row.kind) {
            case REQUEST -> checkRequest(row, sample, differences);
            case ANSWER -> checkAnswer(row, sample);
            case MESSAGE -> checkMessage(row, sample);
            case ERROR -> checkError(row, sample);
            case REPLY -> assertThat(SampleFiles.wire(reply(row))).isEqualTo(sample.root());
        }
    }

    private static JsonNode reply(ConformanceRow row) {
        if (row.api instanceof NoticeApi notice) {
            return notice.reply();
        }
        ConsultationApi consultation = (ConsultationApi) row.api;
        String question = row.api instanceof C2bName ? "c2bName/question" : "c2bValidation/question";
        return consultation.reply(consultation.question(SampleFiles.object(question)), row.answer);
    }

    private static void checkToken(Message sample, long seconds) {
        assertThat(GatewayReading.read(null, 200, sample.bytes())).isNull();
        assertThat(GatewayReading.token(sample.bytes()))
                .isEqualTo(new GatewayReading.Token(sample.text("access_token"), Duration.ofSeconds(seconds)));
    }

    // requests

    private static void checkRequest(ConformanceRow row, Message sample, List<ConformanceRow.Difference> differences) {
        JsonNode expected = expected(sample, differences);
        JsonNode wire = wire(row, expected);
        for (ConformanceRow.Difference difference : row.differences) {
            if ("*".equals(difference.ours())) {
                String ours = new Message(sample.name(), Json.write(wire)).text(difference.place());
                assertThat(ours).as(difference.place()).isNotBlank()
                        .isNotEqualTo(new Message(sample.name(), Json.write(wire(row, expected))).text(difference.place()));
                put(expected, difference.place(), ours);
            }
        }
        assertThat(new Message("ours", Json.write(wire)).root()).isEqualTo(new Message("theirs", Json.write(expected)).root());
    }

    private static JsonNode expected(Message sample, List<ConformanceRow.Difference> differences) {
        JsonNode expected = sample.root().deepCopy();
        differences.stream().filter(difference -> !"*".equals(difference.ours()))
                .forEach(difference -> put(expected, difference.place(), difference.ours()));
        return expected;
    }

    private static void put(JsonNode root, String place, String value) {
        JsonNode parent = place.contains(".") ? root.path(place.substring(0, place.lastIndexOf('.'))) : root;
        String name = place.substring(place.lastIndexOf('.') + 1);
        if (value == null) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).put(name, value);
        }
    }

    /** What we send when a caller says his part of the sample. */
    private static JsonNode wire(ConformanceRow row, JsonNode sample) {
        RequestApi api = (RequestApi) row.api;
        Message message = new Message(row.toString(), Json.write(sample));
        Map<String, Object> owned = new LinkedHashMap<>();
        Map<String, Object> given = new LinkedHashMap<>(row.said);
        if (sample.isArray()) {
            given.put(api.listField(), sample);
        } else {
            owned.putAll(Json.toMap(sample));
            if (row.given.isEmpty()) {
                given.putAll(owned);
                given.keySet().removeAll(api.owned());
            }
        }
        row.given.forEach((name, place) -> given.put(name, message.text(place)));
        sample.findValues("shortcode").forEach(shortCode -> owned.putIfAbsent("ShortCode", shortCode.asText()));
        if (sample.path("header").has("timestamp")) {
            owned.put("Timestamp", DateTimeFormatter.ofPattern("yyyyMMddHHmmss").format(
                    Instant.ofEpochSecond(sample.path("header").path("timestamp").asLong()).atZone(ZoneId.of("Africa/Nairobi"))));
        }
        Owned ours = new SampleOwned(owned);
        Fields fields = Fields.check(api, given);
        assertThat(api.path(fields, ours)).isEqualTo(row.path);
        return api.request(fields, ours);
    }

    // answers

    private static void checkAnswer(ConformanceRow row, Message sample) {
        assertThat(GatewayReading.read(row.api.name(), 200, sample.bytes())).as("is no error").isNull();
        JsonObject answer = Json.readObject(sample.bytes());
        SuccessRule success = ((RequestApi) row.api).success();
        assertThat(success.refusal(answer, true)).isEmpty();
        assertThat(success.refusal(answer, false)).isEmpty();
        if (row.api instanceof OutcomeApi api) {
            checkRecord(row, sample, "", row.told, api.acknowledgement(answer));
        } else if (row.api instanceof QueryApi api) {
            checkRecord(row, sample, "", row.told, api.answer(answer).build());
        } else {
            DarajaAnswer read = ((AnswerApi<?>) row.api).answer(null, answer);
            checkRecord(row, sample, "", row.told, (Record) read);
            assertThat(read.code()).isEqualTo(sample.text(row.told.get("code")));
            assertThat(read.description()).isEqualTo(sample.text(row.told.get("description")));
            assertThat(read.details()).isEqualTo(answer.toMap());
            if (read instanceof PullTransactions.Answer statement) {
                checkRows(row, sample, statement);
            }
        }
    }

    private static void checkRows(ConformanceRow row, Message sample, PullTransactions.Answer statement) {
        List<Outcome.Builder> payments = new PullTransactions().payments(statement);
        assertThat(payments).hasSameSizeAs(statement.rows());
        for (int i = 0; i < payments.size(); i++) {
            String at = "Response.0." + i + ".";
            checkRecord(row, sample, "Response.0." + i, Map.of("transactionId", at + "transactionId",
                    "transactionDate", at + "trxDate|iso", "phoneNumber", at + "msisdn", "sender", at + "sender",
                    "transactionType", at + "transactiontype", "accountReference", at + "billreference|trim",
                    "amount", at + "amount", "organizationName", at + "organizationname"), statement.rows().get(i));
            Map<String, String> told = new LinkedHashMap<>(Map.of("operation", "=pullTransactions", "status", "=COMPLETED",
                    "resultCategory", "=SUCCESS", "retriable", "=false", "source", "=PULL",
                    "receiptNumber", at + "transactionId", "amount", at + "amount"));
            told.put("phoneNumber", at + "msisdn");
            told.put("accountReference", at + "billreference|trim");
            told.put("transactionDate", at + "trxDate|iso");
            checkRecord(row, sample, "Response.0." + i, told, payments.get(i).build());
        }
    }

    // callbacks and whatever else comes by itself

    private static void checkMessage(ConformanceRow row, Message sample) {
        JsonObject message = Json.readObject(sample.bytes());
        Object read = row.api instanceof OutcomeApi api ? api.callback(message).build()
                : row.api instanceof NoticeApi api ? api.payment(message).build()
                : ((ConsultationApi) row.api).question(message);
        checkRecord(row, sample, "", row.told, (Record) read);
    }

    // errors

    private static void checkError(ConformanceRow row, Message sample) {
        ConformanceRow.Judgement judgement = row.judgement;
        if (judgement.refusal()) {
            for (boolean movesMoney : new boolean[] { true, false }) {
                SuccessRule.Refusal refusal = ((RequestApi) row.api).success()
                        .refusal(Json.readObject(sample.bytes()), movesMoney).orElseThrow();
                assertThat(refusal.kind()).isEqualTo(judgement.kind());
                assertThat(refusal.code()).isEqualTo(sample.text(row.told.get("code")));
                assertThat(refusal.text()).isEqualTo(sample.text(row.told.get("text")));
            }
            return;
        }
        GatewayReading.Read read = GatewayReading.read(judgement.operation(), judgement.http(), sample.bytes());
        assertThat(read.details().errorCode()).isEqualTo(sample.text(row.told.get("errorCode")));
        assertThat(read.details().errorMessage()).isEqualTo(sample.text(row.told.get("errorMessage")));
        assertThat(read.details().requestId())
                .isEqualTo(row.told.containsKey("requestId") ? sample.text(row.told.get("requestId")) : null);
        assertThat(read.row().kind()).isEqualTo(judgement.kind());
        assertThat(read.row().category()).isEqualTo(judgement.category());
        assertThat(read.row().retry()).isEqualTo(judgement.retry());
        if (row.api instanceof PaymentApi api) {
            assertThat(api.isDuplicate(read.details())).isEqualTo(judgement.retry() == Retry.QUERY
                    && judgement.kind() == ErrorKind.REQUEST);
        }
        if (row.api instanceof StkQuery api) {
            assertThat(api.isPending(read.details())).isEqualTo(judgement.category() == ResultCategory.PENDING);
        }
        if (row.api instanceof C2bRegister api) {
            boolean registered = read.details().errorMessage().equals("Urls are already registered.");
            assertThat(api.answer(read.details()).map(C2bRegister.Answer::alreadyRegistered))
                    .isEqualTo(registered ? Optional.of(true) : Optional.empty());
        }
    }

    // records

    /** Each component of a record stands where the table says, and one that the table does not name is empty. */
    private static void checkRecord(ConformanceRow row, Message sample, String part, Map<String, String> told, Record read) {
        Set<String> components = new TreeSet<>();
        for (RecordComponent component : read.getClass().getRecordComponents()) {
            components.add(component.getName());
            Object value = value(component, read);
            switch (component.getName()) {
                case "details" -> checkNothingIsLost(sample, part, value);
                case "balances" -> assertThat(value).as("balances").isEqualTo(balances(row, sample));
                default -> checkComponent(sample, component.getName(), told.get(component.getName()), value);
            }
        }
        assertThat(components).containsAll(told.keySet());
    }

    private static Object value(RecordComponent component, Record read) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(read);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void checkComponent(Message sample, String name, String place, Object value) {
        if (place == null) {
            assertThat(value == null || value instanceof Collection<?> list && list.isEmpty()
                    || value instanceof Map<?, ?> map && map.isEmpty()).as("%s must be empty, is %s", name, value).isTrue();
        } else if (value instanceof BigDecimal amount) {
            assertThat(amount).as(name).isEqualByComparingTo(sample.text(place));
        } else if (value instanceof OffsetDateTime time) {
            assertThat(time).as(name).isEqualTo(sample.time(place));
            assertThat(time.getOffset().getTotalSeconds()).isEqualTo(3 * 3600);
        } else if (value instanceof byte[] bytes) {
            assertThat(bytes).as(name).isEqualTo(Base64.getDecoder().decode(sample.text(place)));
        } else if (value instanceof Collection<?> list) {
            assertThat(list).as(name).hasSize(Integer.parseInt(sample.text(place)));
        } else if (value instanceof Map<?, ?> map) {
            boolean isNull = sample.node(place).isNull();
            assertThat(Message.scalars(map)).as(name).isEqualTo(isNull ? Map.of() : Message.scalars(sample.node(place)));
        } else if (value == null || value instanceof String || value instanceof Boolean || value instanceof Enum) {
            assertThat(value == null ? null : value.toString()).as(name).isEqualTo(sample.text(place));
        } else {
            fail(name + " is a " + value.getClass());
        }
    }

    private static void checkNothingIsLost(Message sample, String part, Object details) {
        Map<String, Set<String>> kept = Message.scalars(details);
        Map<String, Set<String>> sent = part.isEmpty() ? sample.scalars() : Message.scalars(sample.node(part));
        sent.forEach((name, values) -> {
            assertThat(kept).as("details").containsKey(name);
            assertThat(kept.get(name)).as(name).containsAll(values);
        });
    }

    private static List<Balance> balances(ConformanceRow row, Message sample) {
        List<Balance> balances = new ArrayList<>();
        for (String[] balance : row.balances) {
            String text = sample.text(balance[1]);
            switch (balance[0]) {
                case "lines" -> balances.addAll(Message.lines(text));
                case "funds" -> balances.add(new Balance(balance[2], null, null, new BigDecimal(text), null, null));
                default -> {
                    Matcher amount = Pattern.compile("BasicAmount=([0-9.]+)").matcher(text);
                    assertThat(amount.find()).isTrue();
                    balances.add(new Balance(balance[2], "KES", null, new BigDecimal(amount.group(1)), null, null));
                }
            }
        }
        return balances;
    }
}
