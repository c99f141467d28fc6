package io.github.cameldaraja.simulator.stk;

import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Checks the fields of a push in the order of the portal's sample.
 */
final class PushReader {

    static final String FIRST_FIELD = "BusinessShortCode";

    private static final long HIGHEST_AMOUNT = 250_000;
    private static final int LONGEST_REFERENCE = 12;
    private static final int LONGEST_DESCRIPTION = 13;

    private final Formats formats;

    PushReader(Formats formats) {
        this.formats = formats;
    }

    PushRequest read(Fields fields) {
        return new PushRequest(
                fields.required(FIRST_FIELD, Type.NUMBER, Formats::isShortCode),
                fields.required("Password", Type.TEXT, text -> true),
                fields.required("Timestamp", Type.TEXT, Formats::isTimestamp),
                fields.required("TransactionType", Type.TEXT, text -> PushRequest.PAY_BILL.equals(text)
                        || PushRequest.BUY_GOODS.equals(text)),
                Long.parseLong(fields.required("Amount", Type.TEXT, PushReader::isAmount)),
                fields.required("PartyA", Type.TEXT, Formats::isPhone),
                fields.required("PartyB", Type.TEXT, Formats::isShortCode),
                fields.required("PhoneNumber", Type.TEXT, Formats::isPhone),
                fields.required("CallBackURL", Type.TEXT, formats::isCallback),
                fields.required("AccountReference", Type.TEXT, text -> text.length() <= LONGEST_REFERENCE),
                fields.optional("TransactionDesc", text -> text.length() <= LONGEST_DESCRIPTION));
    }

    private static boolean isAmount(String text) {
        return Formats.isAmount(text, 1, HIGHEST_AMOUNT);
    }
}
