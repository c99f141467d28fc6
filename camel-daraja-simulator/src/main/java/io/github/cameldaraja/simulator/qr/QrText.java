package io.github.cameldaraja.simulator.qr;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.cameldaraja.simulator.QrPayment;

/**
 * The text inside a QR code: fields of tag, length and value like those of EMV's merchant presented codes, with a
 * checksum at the end.
 */
final class QrText {

    private static final String ACCOUNT = "29";
    private static final String AMOUNT = "54";
    private static final String MERCHANT = "59";
    private static final String ADDITIONAL = "62";
    private static final String CHECKSUM = "6304";
    private static final int CHECKSUM_LENGTH = 4;
    private static final int POLYNOMIAL = 0x1021;

    private QrText() {
    }

    static String write(QrPayment payment) {
        String text = field("00", "01")
                + field("01", "12")
                + field(ACCOUNT, field("01", payment.trxCode()) + field("02", payment.cpi()))
                + field("53", "404")
                + field(AMOUNT, Long.toString(payment.amount()))
                + field("58", "KE")
                + field(MERCHANT, payment.merchantName())
                + field("60", "NAIROBI")
                + field(ADDITIONAL, field("01", payment.reference()))
                + CHECKSUM;
        return text + checksum(text);
    }

    /** Throws {@link IllegalArgumentException} for texts that are not of this kind. */
    static QrPayment read(String text) {
        int end = text.length() - CHECKSUM_LENGTH;
        if (end < CHECKSUM.length() || !text.startsWith(CHECKSUM, end - CHECKSUM.length())
                || !checksum(text.substring(0, end)).equals(text.substring(end))) {
            throw new IllegalArgumentException("not a QR code of this simulator: " + text);
        }
        Map<String, String> fields = fields(text.substring(0, end - CHECKSUM.length()));
        Map<String, String> account = fields(fields.getOrDefault(ACCOUNT, ""));
        return new QrPayment(account.get("01"), account.get("02"), Long.parseLong(fields.get(AMOUNT)),
                fields(fields.getOrDefault(ADDITIONAL, "")).get("01"), fields.get(MERCHANT));
    }

    private static String field(String tag, String value) {
        return tag + "%02d".formatted(value.length()) + value;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int length = Integer.parseInt(text.substring(at + 2, at + 4));
            fields.put(text.substring(at, at + 2), text.substring(at + 4, at + 4 + length));
            at += 4 + length;
        }
        return fields;
    }

    /** CRC-16/CCITT-FALSE. */
    private static String checksum(String text) {
        int crc = 0xFFFF;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            crc &= 0xFFFF;
        }
        return "%04X".formatted(crc);
    }
}
