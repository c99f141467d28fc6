package io.github.cameldaraja.simulator.express;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.regex.Pattern;

import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Checks the fields of a request in the order of the portal's sample.
 */
final class ExpressReader {

    static final String FIRST_FIELD = "primaryShortCode";

    /** Whole shillings, also written like 71.0 as callbacks do. */
    private static final Pattern AMOUNT = Pattern.compile("0*[1-9]\\d{0,8}(\\.0{1,2})?");

    private final Formats formats;

    ExpressReader(Formats formats) {
        this.formats = formats;
    }

    ExpressRequest read(Fields fields) {
        return new ExpressRequest(
                fields.required(FIRST_FIELD, Type.TEXT, Formats::isShortCode),
                fields.required("receiverShortCode", Type.TEXT, Formats::isShortCode),
                new BigDecimal(fields.required("amount", Type.TEXT, text -> AMOUNT.matcher(text).matches()))
                        .longValueExact(),
                fields.required("paymentRef", Type.TEXT, text -> true),
                fields.required("callbackUrl", Type.TEXT, formats::isCallback),
                fields.required("partnerName", Type.TEXT, text -> true),
                requestId(fields));
    }

    /** The sample and the table of the portal's page spell it differently, and the gateway makes one up if need be. */
    private static String requestId(Fields fields) {
        String sample = fields.optional("RequestRefID", text -> true);
        String table = fields.optional("RequestRefId", text -> true);
        String given = sample.isBlank() ? table : sample;
        return given.isBlank() ? UUID.randomUUID().toString() : given;
    }
}
