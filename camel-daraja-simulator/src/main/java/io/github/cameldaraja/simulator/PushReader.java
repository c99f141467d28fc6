package io.github.cameldaraja.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.cameldaraja.simulator.Fields.Type;

/**
 * Checks the fields of a push in the order of the portal's sample.
 */
final class PushReader {

    static final String PAY_BILL = "CustomerPayBillOnline";
    static final String BUY_GOODS = "CustomerBuyGoodsOnline";
    static final String FIRST_FIELD = "BusinessShortCode";

    private static final long HIGHEST_AMOUNT = 250_000;
    private static final int LONGEST_REFERENCE = 12;
    private static final int LONGEST_DESCRIPTION = 13;
    private static final Pattern SHORT_CODE = Pattern.compile("\\d{5,9}");
    private static final Pattern PHONE = Pattern.compile("254[71]\\d{8}");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}");
    private static final List<String> FORBIDDEN_WORDS =
            List.of("mpesa", "m-pesa", "safaricom", "exe", "exec", "cmd", "sql", "query");

    private final boolean httpAllowed;

    PushReader(boolean httpAllowed) {
        this.httpAllowed = httpAllowed;
    }

    PushRequest read(Fields fields) {
        return new PushRequest(
                fields.required(FIRST_FIELD, Type.NUMBER, PushReader::isShortCode),
                fields.required("Password", Type.TEXT, text -> true),
                fields.required("Timestamp", Type.TEXT, PushReader::isTimestamp),
                fields.required("TransactionType", Type.TEXT, text -> PAY_BILL.equals(text) || BUY_GOODS.equals(text)),
                Long.parseLong(fields.required("Amount", Type.TEXT, PushReader::isAmount)),
                fields.required("PartyA", Type.TEXT, PushReader::isPhone),
                fields.required("PartyB", Type.TEXT, PushReader::isShortCode),
                fields.required("PhoneNumber", Type.TEXT, PushReader::isPhone),
                fields.required("CallBackURL", Type.TEXT, this::isCallback),
                fields.required("AccountReference", Type.TEXT, text -> text.length() <= LONGEST_REFERENCE),
                fields.optional("TransactionDesc", text -> text.length() <= LONGEST_DESCRIPTION));
    }

    static boolean isShortCode(String text) {
        return SHORT_CODE.matcher(text).matches();
    }

    static boolean isTimestamp(String text) {
        try {
            return LocalDateTime.parse(text, Ids.COMPACT) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isPhone(String text) {
        return PHONE.matcher(text).matches();
    }

    private static boolean isAmount(String text) {
        return AMOUNT.matcher(text).matches() && Long.parseLong(text) >= 1 && Long.parseLong(text) <= HIGHEST_AMOUNT;
    }

    private boolean isCallback(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || FORBIDDEN_WORDS.stream().anyMatch(lower::contains)) {
            return false;
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        return httpAllowed ? https || http : https && !isLocal(uri.getHost());
    }

    private static boolean isLocal(String host) {
        return "localhost".equalsIgnoreCase(host) || host.startsWith("127.") || "[::1]".equals(host);
    }
}
