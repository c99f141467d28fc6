package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code Result} message of the family "Result": B2C, Pochi, B2B, tax, reversal, transaction status, account balance (Daraja:
 * the result tables of these pages).
 *
 * <p>Items come as a list, as one object, or not at all, in any order; some have no value, some come twice.
 */
final class ResultEnvelope {

    private static final Pattern ZERO = Pattern.compile("0+([.]0+)?");
    private static final String WAITING_FOR_MORE = "1";
    private static final List<String> COMPLETED_AT = List.of("TransactionCompletedDateTime", "TransCompletedTime",
            "BOCompletedTime");
    private static final Map<String, String> FUNDS = Map.of(
            "b2cutilityaccountavailablefunds", "Utility Account",
            "b2cworkingaccountavailablefunds", "Working Account",
            "b2cchargespaidaccountavailablefunds", "Charges Paid Account");

    private final JsonObject result;
    private final Map<String, Object> beside;
    private final Map<String, Object> parameters;
    private final Map<String, Object> references;
    private final JsonObject known;
    private final JsonObject referred;

    private ResultEnvelope(JsonObject result, Map<String, Object> beside) {
        this.result = result;
        this.beside = beside;
        this.parameters = result.object("ResultParameters").pairs("ResultParameter", "Key");
        this.references = result.object("ReferenceData").pairs("ReferenceItem", "Key");
        this.known = Json.toObject(unrepeated(parameters));
        this.referred = Json.toObject(unrepeated(references));
    }

    /** The envelope of a message; null if it has none, or no code. */
    static ResultEnvelope of(JsonObject message) {
        JsonObject result = message.object("Result");
        return result.text("ResultCode") == null ? null : new ResultEnvelope(result, message.without("Result"));
    }

    /** The code, verbatim. */
    String code() {
        return result.text("ResultCode").trim();
    }

    /** The code as tables write it. */
    String tableCode() {
        return ZERO.matcher(code()).matches() ? "0" : code();
    }

    String description() {
        return result.text("ResultDesc");
    }

    /** Whether the message says that its code is not the last word. */
    boolean isWaiting() {
        return WAITING_FOR_MORE.equals(result.text("ResultType"));
    }

    /** The result parameters; a value that was repeated with another one reads as missing. */
    JsonObject parameters() {
        return known;
    }

    /** All values of a parameter, in the order of the message. */
    List<String> parameters(String name) {
        List<String> values = new ArrayList<>();
        parameters.forEach((key, value) -> {
            if (fold(key).equals(fold(name))) {
                values.addAll(texts(value));
            }
        });
        return values;
    }

    /** What the message says as a whole, without ids of other transactions: code, status, texts, ids, every detail. */
    Outcome.Builder outcome(String operation, ResultCodes codes) {
        ResultCode row = codes.ofCallback(tableCode());
        Outcome.Builder outcome = Outcome.builder()
                .operation(operation)
                .code(row)
                .resultCode(code())
                .resultDescription(description())
                .conversationId(result.text("ConversationID"))
                .originatorConversationId(result.text("OriginatorConversationID"))
                .details(details())
                .source(Source.CALLBACK);
        return isWaiting() && row.isFinal()
                ? outcome.status(PaymentStatus.PENDING).resultCategory(ResultCategory.PENDING).retriable(false) : outcome;
    }

    /**
     * What became of a payment of ours.
     *
     * @param customer name of the parameter with the customer's line; null if the other party is an organisation
     */
    Outcome.Builder payment(String operation, ResultCodes codes, String customer) {
        Outcome.Builder outcome = outcome(operation, codes)
                .amount(amount())
                .phoneNumber(customer == null ? null : Parties.read(known.text(customer)).phoneNumber())
                .accountReference(accountReference())
                .balances(balances());
        boolean paid = !isWaiting() && codes.ofCallback(tableCode()).status() == PaymentStatus.COMPLETED;
        // the id of a failure can look like a receipt, and its time is not that of a booking
        return paid ? outcome.receiptNumber(receipt()).transactionDate(completedAt()) : outcome;
    }

    OffsetDateTime completedAt() {
        return COMPLETED_AT.stream().map(known::text).map(NairobiTime::parse).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The organisation's accounts, as far as any parameter tells of them. */
    List<Balance> balances() {
        List<Balance> balances = new ArrayList<>();
        parameters.forEach((name, value) -> {
            String account = FUNDS.get(fold(name));
            for (String text : texts(value)) {
                BigDecimal funds = account == null ? null : JsonObject.toDecimal(text);
                if (funds != null) {
                    balances.add(Balances.available(account, funds));
                } else if (fold(name).endsWith("balance")) {
                    balances.addAll(Balances.read(name, text));
                }
            }
        });
        return balances;
    }

    /**
     * Everything, verbatim: the envelope's own fields, result parameters, reference items. A name that means different things in
     * two of these places, or occurs twice in one, stands for the list of its values, the envelope's first.
     */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>(result.toMap());
        Details.addPairs(details, result, "ResultParameters", "ResultParameter", "Key");
        Details.addPairs(details, result, "ReferenceData", "ReferenceItem", "Key");
        Details.add(details, beside);
        return details;
    }

    private String receipt() {
        String receipt = Receipts.real(known.text("TransactionReceipt"));
        return receipt != null ? receipt : Receipts.real(result.text("TransactionID"));
    }

    private BigDecimal amount() {
        BigDecimal amount = known.decimal("TransactionAmount");
        return amount != null ? amount : known.decimal("Amount");
    }

    private String accountReference() {
        String reference = referred.text("BillReferenceNumber");
        return reference != null ? reference : known.text("BillReferenceNumber");
    }

    // the same value twice is one value
    private static Map<String, Object> unrepeated(Map<String, Object> items) {
        Map<String, Object> single = new LinkedHashMap<>();
        items.forEach((name, value) -> {
            Set<String> different = new LinkedHashSet<>(texts(value));
            single.put(name, different.size() == 1 ? different.iterator().next() : value);
        });
        return single;
    }

    private static List<String> texts(Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
    }

    private static String fold(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "ResultEnvelope[" + code() + "]";
    }
}
