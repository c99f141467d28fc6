package io.github.cameldaraja.simulator.ratiba;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Set;

import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Checks the fields of a standing order in the order of the portal's sample.
 */
final class OrderReader {

    static final String FIRST_FIELD = "StandingOrderName";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final String PAY_BILL = "Standing Order Customer Pay Bill";
    private static final String TILL = "Standing Order Customer Pay Marchant";
    private static final Set<String> TYPES = Set.of(PAY_BILL, TILL);
    private static final Set<String> RECEIVERS = Set.of("2", "4");
    private static final long HIGHEST_AMOUNT = 250_000;
    private static final int LONGEST_REFERENCE = 12;
    private static final int LONGEST_DESCRIPTION = 13;

    private final Formats formats;

    OrderReader(Formats formats) {
        this.formats = formats;
    }

    OrderRequest read(Fields fields) {
        String name = fields.required(FIRST_FIELD, Type.TEXT, text -> true);
        LocalDate start = date(fields, "StartDate");
        LocalDate end = date(fields, "EndDate");
        String shortCode = fields.required("BusinessShortCode", Type.TEXT, Formats::isShortCode);
        boolean till = TILL.equals(fields.required("TransactionType", Type.TEXT, TYPES::contains));
        String receiver = fields.required("ReceiverPartyIdentifierType", Type.TEXT, RECEIVERS::contains);
        String amount = fields.required("Amount", Type.TEXT, text -> Formats.isAmount(text, 1, HIGHEST_AMOUNT));
        String phone = fields.required("PartyA", Type.TEXT, Formats::isPhone);
        String callbackUrl = fields.required("CallBackURL", Type.TEXT, formats::isCallback);
        String reference = till
                ? fields.optional("AccountReference", OrderReader::isReference)
                : fields.required("AccountReference", Type.TEXT, OrderReader::isReference);
        fields.optional("TransactionDesc", text -> text.length() <= LONGEST_DESCRIPTION);
        String frequency = fields.required("Frequency", Type.TEXT, text -> Formats.isAmount(text, 1, 8));
        return new OrderRequest(name, start, end, shortCode, till, receiver, Long.parseLong(amount), phone,
                callbackUrl, reference, Integer.parseInt(frequency));
    }

    private static LocalDate date(Fields fields, String name) {
        return LocalDate.parse(fields.required(name, Type.TEXT, OrderReader::isDate), DATE);
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text, DATE) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isReference(String text) {
        return text.length() <= LONGEST_REFERENCE;
    }
}
