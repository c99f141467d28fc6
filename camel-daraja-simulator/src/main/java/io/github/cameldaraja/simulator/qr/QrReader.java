package io.github.cameldaraja.simulator.qr;

import java.util.Set;
import java.util.regex.Pattern;

import io.github.cameldaraja.simulator.QrPayment;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Checks the fields of a request in the order of the portal's sample.
 */
final class QrReader {

    static final String FIRST_FIELD = "MerchantName";

    private static final Set<String> CODES = Set.of("BG", "WA", "PB", "SM", "SB");
    private static final Set<String> TO_PHONES = Set.of("SM", "SB");
    private static final Pattern PHONE = Pattern.compile("(254|0)?[17]\\d{8}");
    private static final Pattern NUMBER = Pattern.compile("\\d{5,9}");
    private static final int LONGEST_TEXT = 90;
    private static final long HIGHEST_AMOUNT = 999_999_999;
    private static final long LARGEST = 2_000;

    /** A request and the wished number of pixels. */
    record Wish(QrPayment payment, int size) {
    }

    private QrReader() {
    }

    static Wish read(Fields fields) {
        String merchant = fields.required(FIRST_FIELD, Type.TEXT, text -> text.length() <= LONGEST_TEXT);
        String reference = fields.required("RefNo", Type.TEXT, text -> text.length() <= LONGEST_TEXT);
        String amount = fields.required("Amount", Type.NUMBER, text -> Formats.isAmount(text, 1, HIGHEST_AMOUNT));
        String code = fields.required("TrxCode", Type.TEXT, CODES::contains);
        Pattern receiver = TO_PHONES.contains(code) ? PHONE : NUMBER;
        String cpi = fields.required("CPI", Type.TEXT, text -> receiver.matcher(text).matches());
        String size = fields.required("Size", Type.TEXT, text -> Formats.isAmount(text, 1, LARGEST));
        return new Wish(new QrPayment(code, cpi, Long.parseLong(amount), reference, merchant),
                Integer.parseInt(size));
    }
}
