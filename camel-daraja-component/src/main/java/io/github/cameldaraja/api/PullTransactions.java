package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the C2B payments of the last 48 hours, among them those that no confirmation told of (Daraja: "Pull Transaction", query;
 * samples: pull-query.request, pull-query.response, pull-query.response.empty).
 */
public final class PullTransactions implements StatementApi<PullTransactions.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "pullTransactions";

    /**
     * What the caller asks for.
     *
     * @param startDate the first moment of the period
     * @param endDate   the last moment of the period
     * @param offset    rows to leave out at the beginning; null: none
     */
    public record Request(OffsetDateTime startDate, OffsetDateTime endDate, Integer offset) {
    }

    /**
     * The answer.
     *
     * @param requestId   the gateway's id, or null
     * @param code        verbatim: {@code 1000}, or {@code 1001} if there is nothing
     * @param description verbatim, or null
     * @param rows        in the order of the answer
     * @param details     the whole answer
     */
    public record Answer(String requestId, String code, String description, List<Row> rows, Map<String, Object> details)
            implements DarajaAnswer {

        /** For logs: the rows are only counted. */
        @Override
        public String toString() {
            return "PullTransactions.Answer[" + code + ", " + rows.size() + " rows]";
        }
    }

    /**
     * One transaction; whatever is missing or empty is null.
     *
     * @param transactionId    M-Pesa's receipt
     * @param transactionDate  +03:00; Safaricom writes a Z, which is taken at its word
     * @param phoneNumber      254… if whole, otherwise as sent, which can be too short
     * @param sender           who paid
     * @param transactionType  {@code c2b-pay-bill-debit} for instance
     * @param accountReference what the customer typed, trimmed
     * @param amount           shillings
     * @param organizationName who was paid
     * @param details          the whole row
     */
    public record Row(String transactionId, OffsetDateTime transactionDate, String phoneNumber, String sender,
                      String transactionType, String accountReference, BigDecimal amount, String organizationName,
                      Map<String, Object> details) {

        /** For logs: no names, no reference, the phone number masked. */
        @Override
        public String toString() {
            return "PullTransactions.Row[" + transactionId + ": " + amount + " from " + PhoneNumbers.mask(phoneNumber) + "]";
        }
    }

    private static final String START = "StartDate";
    private static final String END = "EndDate";
    private static final String OFFSET = "OffSetValue";
    private static final String ROWS = "Response";
    // where an answer without rows has them
    private static final String NO_ROWS = "Transaction";
    private static final String MOMENT = "a date and a time, yyyy-MM-dd HH:mm:ss in Nairobi or with an offset";
    private static final DateTimeFormatter WIRE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final List<Field> FIELDS = List.of(
            Field.ofAny(START, MOMENT, PullTransactions::moment).asRequired(),
            Field.ofAny(END, MOMENT, PullTransactions::moment).asRequired(),
            Field.number(OFFSET, 0, 999_999_999).called("offset"));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/pulltransactions/v1/query";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("ShortCode");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE);
    }

    @Override
    public Optional<Inquiry> inquiry(PaymentIds ids) {
        return Inquiry.about(new TransactionStatus(), ids);
    }

    @Override
    public Duration window() {
        return Duration.ofHours(48);
    }

    @Override
    public void check(Fields fields) {
        // the form on the wire sorts like the time
        if (fields.get(START).compareTo(fields.get(END)) > 0) {
            throw new InvalidFieldException(START, "must not be after " + END, "exchange them");
        }
    }

    /** Yes: it only reads. */
    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public SuccessRule success() {
        return new PullAnswerRule(ROWS, NO_ROWS);
    }

    @Override
    public Map<String, String> page(OffsetDateTime from, OffsetDateTime until, int offset) {
        return Map.of(START, wire(from), END, wire(until), OFFSET, Integer.toString(offset));
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("ShortCode", owned.merchant().shortCode())
                .put(START, fields.get(START))
                .put(END, fields.get(END))
                .put(OFFSET, fields.get(OFFSET, "0"));
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        List<JsonObject> rows = answer.nestedObjects(ROWS);
        if (rows == null) {
            rows = answer.nestedObjects(NO_ROWS);
        }
        return new Answer(PullAnswerRule.requestId(answer), PullAnswerRule.code(answer), PullAnswerRule.text(answer),
                rows == null ? List.of() : rows.stream().map(PullTransactions::row).toList(), answer.toMap());
    }

    @Override
    public int rows(Answer answer) {
        return answer.rows().size();
    }

    @Override
    public List<Outcome.Builder> payments(Answer answer) {
        List<Outcome.Builder> payments = new ArrayList<>();
        for (Row row : answer.rows()) {
            if (isPayment(row)) {
                payments.add(Outcome.builder()
                        .operation(NAME)
                        .status(PaymentStatus.COMPLETED)
                        .resultCategory(ResultCategory.SUCCESS)
                        .retriable(false)
                        .receiptNumber(row.transactionId())
                        .amount(row.amount())
                        .phoneNumber(row.phoneNumber())
                        .accountReference(row.accountReference())
                        .transactionDate(row.transactionDate())
                        .details(row.details())
                        .source(Source.PULL));
            }
        }
        return payments;
    }

    @Override
    public List<Map<String, Object>> unreadable(Answer answer) {
        return answer.rows().stream().filter(row -> !isReversal(row) && !isPayment(row)).map(Row::details).toList();
    }

    private static boolean isPayment(Row row) {
        return row.transactionId() != null && row.amount() != null && row.amount().signum() > 0 && !isReversal(row);
    }

    // only payments are documented; should a reversal ever be listed, it is none
    private static boolean isReversal(Row row) {
        return row.transactionType() != null && row.transactionType().toLowerCase(Locale.ROOT).contains("revers");
    }

    private static Row row(JsonObject row) {
        String receipt = row.text("transactionId");
        String reference = row.text("billreference");
        return new Row(receipt == null ? null : Receipts.real(receipt.trim()), NairobiTime.parse(row.text("trxDate")),
                PhoneNumbers.told(row.text("msisdn")), row.text("sender"), row.text("transactiontype"),
                reference == null ? null : reference.trim(), row.decimal("amount"), row.text("organizationname"), row.toMap());
    }

    private static Object moment(String field, Object value) {
        String text = value instanceof ZonedDateTime zoned ? zoned.toOffsetDateTime().toString()
                : value instanceof TemporalAccessor ? value.toString() : Fields.text(field, value).trim();
        OffsetDateTime time = NairobiTime.parse(text);
        // a date alone is refused: whether the last day belongs to the period would be anybody's guess
        if (time == null) {
            throw new InvalidFieldException(field, "must be a date and a time",
                    "write it as yyyy-MM-dd HH:mm:ss in Nairobi, or as yyyy-MM-ddTHH:mm:ss+03:00");
        }
        return wire(time);
    }

    private static String wire(OffsetDateTime time) {
        return WIRE.format(time.atZoneSameInstant(NairobiTime.ZONE));
    }
}
