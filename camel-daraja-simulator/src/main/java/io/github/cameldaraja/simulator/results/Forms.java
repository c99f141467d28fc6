package io.github.cameldaraja.simulator.results;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Which fields each API wants.
 */
final class Forms {

    /** KRA's short code, the only one that taxes are paid to. */
    static final String TAX_COLLECTOR = "572572";

    private static final Pattern RECEIPT = Pattern.compile("[A-Z0-9]{8,12}");
    private static final long LARGEST_NUMBER = 999_999_999;
    private static final int LONGEST_TEXT = 100;
    private static final int LONGEST_REFERENCE = 13;
    private static final int LONGEST_TAX_REFERENCE = 20;
    private static final String OCCASSION = "Occassion";
    private static final String OCCASION = "Occasion";
    private static final String REMARKS = "Remarks";
    private static final Set<String> B2C_COMMANDS = Set.of("BusinessPayment", "SalaryPayment", "PromotionPayment");
    private static final Set<String> DOCUMENTS = Set.of("01", "02", "03", "04", "05");
    private static final Set<String> ORGANISATION_OR_TILL = Set.of("2", "4");
    private static final String ORGANISATION = "4";

    private final Formats formats;

    Forms(Formats formats) {
        this.formats = formats;
    }

    Form b2c() {
        return urls(customer(new Form().required(Request.ORIGINATOR_CONVERSATION_ID, Forms::any),
                B2C_COMMANDS::contains).required(REMARKS, Forms::remark)).optional(OCCASSION, Forms::shortText);
    }

    /** The old one, without an id of the organisation's own. */
    Form b2cVersion1() {
        return urls(customer(new Form(), B2C_COMMANDS::contains).required(REMARKS, Forms::remark))
                .optional(OCCASION, Forms::shortText);
    }

    Form validatedB2c() {
        Form form = operator(new Form().required(Request.ORIGINATOR_CONVERSATION_ID, Forms::any),
                Request.INITIATOR_NAME, B2C_COMMANDS::contains)
                .number(Request.AMOUNT, Forms::isWhole);
        return urls(parties(form)
                .required("IDType", Forms::isDocument)
                .required("IDNumber", Forms::any)
                .required(REMARKS, Forms::remark)).optional(OCCASION, Forms::shortText);
    }

    Form pochi() {
        return urls(customer(new Form().required(Request.ORIGINATOR_CONVERSATION_ID, Forms::any),
                "BusinessPayToPochi"::equals).required(REMARKS, Forms::remark)).optional(OCCASSION, Forms::shortText);
    }

    Form b2b() {
        return urls(operator(new Form(), Request.INITIATOR, BusinessCommand::isKnown)
                .required("SenderIdentifierType", ORGANISATION_OR_TILL::contains)
                .required(Request.RECEIVER_TYPE, ORGANISATION_OR_TILL::contains)
                .required(Request.AMOUNT, Forms::isPositive)
                .required(Request.PARTY_A, Formats::isShortCode)
                .required(Request.PARTY_B, Formats::isShortCode)
                .requiredIf(Request.ACCOUNT_REFERENCE, Forms::paysABill, text -> text.length() <= LONGEST_REFERENCE)
                .optional("Requester", Formats::isPhone)
                .required(REMARKS, Forms::shortText)).optional(OCCASSION, Forms::shortText);
    }

    Form tax() {
        return urls(operator(new Form(), Request.INITIATOR, "PayTaxToKRA"::equals)
                .required("SenderIdentifierType", ORGANISATION::equals)
                .required(Request.RECEIVER_TYPE, ORGANISATION::equals)
                .required(Request.AMOUNT, Forms::isPositive)
                .required(Request.PARTY_A, Formats::isShortCode)
                .required(Request.PARTY_B, TAX_COLLECTOR::equals)
                .required(Request.ACCOUNT_REFERENCE, text -> text.length() <= LONGEST_TAX_REFERENCE)
                .required(REMARKS, Forms::shortText));
    }

    Form status() {
        return operator(new Form(), Request.INITIATOR, "TransactionStatusQuery"::equals)
                .requiredIf(Request.TRANSACTION_ID, Forms::hasNoConversation, Forms::isReceipt)
                .optional(Request.ORIGINAL_CONVERSATION_ID, Forms::any)
                .required(Request.PARTY_A, party -> Formats.isShortCode(party) || Formats.isPhone(party))
                .required(Request.IDENTIFIER_TYPE, Set.of("1", "2", ORGANISATION)::contains)
                .required(Request.RESULT_URL, formats::isCallback)
                .required(Request.TIMEOUT_URL, formats::isCallback)
                .required(REMARKS, Forms::shortText)
                .optional(OCCASION, Forms::shortText);
    }

    Form balance() {
        return urls(operator(new Form(), Request.INITIATOR, "AccountBalance"::equals)
                .required(Request.PARTY_A, Formats::isShortCode)
                .required(Request.IDENTIFIER_TYPE, ORGANISATION_OR_TILL::contains)
                .required(REMARKS, Forms::shortText));
    }

    Form reversal() {
        return operator(new Form(), Request.INITIATOR, "TransactionReversal"::equals)
                .required(Request.TRANSACTION_ID, Forms::isReceipt)
                .required(Request.AMOUNT, Forms::isPositive)
                .required(Request.RECEIVER_PARTY, Formats::isShortCode)
                .required(Request.RECEIVER_TYPE, "11"::equals)
                .required(Request.RESULT_URL, formats::isCallback)
                .required(Request.TIMEOUT_URL, formats::isCallback)
                .required(REMARKS, Forms::remark)
                .optional(OCCASION, Forms::shortText);
    }

    /** Whether there are identity documents of that type. */
    static boolean isDocument(String type) {
        return DOCUMENTS.contains(type);
    }

    private static Form customer(Form form, Predicate<String> command) {
        return parties(operator(form, Request.INITIATOR_NAME, command).required(Request.AMOUNT, Forms::isWhole));
    }

    private static Form parties(Form form) {
        return form.required(Request.PARTY_A, Formats::isShortCode).required(Request.PARTY_B, Formats::isPhone);
    }

    private static Form operator(Form form, String name, Predicate<String> command) {
        return form.required(name, Forms::any)
                .required(Request.SECURITY_CREDENTIAL, Forms::any)
                .required(Request.COMMAND_ID, command);
    }

    private Form urls(Form form) {
        return form.required(Request.TIMEOUT_URL, formats::isCallback)
                .required(Request.RESULT_URL, formats::isCallback);
    }

    private static boolean paysABill(ObjectNode body) {
        return BusinessCommand.PAY_BILL.text().equals(body.path(Request.COMMAND_ID).asText());
    }

    private static boolean hasNoConversation(ObjectNode body) {
        return body.path(Request.ORIGINAL_CONVERSATION_ID).asText("").isBlank();
    }

    private static boolean any(String text) {
        return true;
    }

    private static boolean isReceipt(String text) {
        return RECEIPT.matcher(text).matches();
    }

    /** Limits are the core's matter, not the gateway's. */
    private static boolean isWhole(String text) {
        return Formats.isAmount(text, 0, LARGEST_NUMBER);
    }

    private static boolean isPositive(String text) {
        return Formats.isAmount(text, 1, LARGEST_NUMBER);
    }

    private static boolean remark(String text) {
        return text.length() >= 2 && shortText(text);
    }

    private static boolean shortText(String text) {
        return text.length() <= LONGEST_TEXT;
    }
}
