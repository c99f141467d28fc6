package io.github.cameldaraja.simulator.wire;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Makes identifiers of the forms that Safaricom uses; all times in them are East Africa Time.
 */
public final class Ids {

    private static final DateTimeFormatter CHECKOUT = DateTimeFormatter.ofPattern("ddMMyyyyHHmmss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int FIRST_YEAR = 2006;

    private final Clock clock;
    private final Random random = new Random();
    private final Set<String> used = new HashSet<>();

    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** Like {@code 7a10-4c3d-9e21-0b5d6f7a8c901234567}. */
    public String request() {
        return groups() + digits(7);
    }

    /** Like {@code 2654-4b64-97ff-b827b542881d3130}. */
    public String merchantRequest() {
        return groups() + digits(4);
    }

    /** {@code ws_CO_}, date, time, milliseconds without padding and the last nine digits of the phone; unique. */
    public synchronized String checkoutRequest(String phone) {
        ZonedDateTime now = now();
        String id;
        do {
            id = "ws_CO_" + CHECKOUT.format(now) + now.getNano() / 1_000_000 + phone.substring(phone.length() - 9);
            now = now.plusNanos(1_000_000);
        } while (!used.add(id));
        return id;
    }

    /** Ten characters that begin with year, month and day; unique. */
    public synchronized String receipt() {
        String date = receiptDate();
        String id;
        do {
            id = date + chars(CAPITALS, 7);
        } while (!used.add(id));
        return id;
    }

    /** Like {@code OA90000000}: what stands for a receipt where no money has moved. */
    public String genericReceipt() {
        return receiptDate() + "0000000";
    }

    /** {@code AG_}, the date and twenty characters; unique. */
    public synchronized String conversation() {
        String id;
        do {
            id = "AG_" + DAY.format(now()) + "_" + hex(20);
        } while (!used.add(id));
        return id;
    }

    /** Like {@code 53e3-4aa8-9fe0-8fb5e4092cdd3533373}. */
    public String originatorConversation() {
        return groups() + digits(7);
    }

    /** Like {@code 7619-37765134-1}, as older parts of the gateway number requests. */
    public synchronized String oldConversation() {
        return digits(5) + "-" + digits(8) + "-" + (1 + random.nextInt(2));
    }

    /** Like {@code AG_4711081523_559274130KQ}: what Bill Manager gives to a biller; unique. */
    public synchronized String appKey() {
        String id;
        do {
            id = "AG_" + digits(10) + "_" + digits(9) + chars("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2);
        } while (!used.add(id));
        return id;
    }

    /** 28 opaque characters. */
    public synchronized String token() {
        return chars(TOKEN, 28);
    }

    /** Forgets what is used. */
    public synchronized void reset() {
        used.clear();
    }

    private String receiptDate() {
        ZonedDateTime now = now();
        return "" + letter((now.getYear() - FIRST_YEAR) % 26) + letter(now.getMonthValue() - 1)
                + day(now.getDayOfMonth());
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(Times.NAIROBI);
    }

    private static char letter(int index) {
        return (char) ('A' + index);
    }

    private static char day(int day) {
        return day < 10 ? (char) ('0' + day) : letter(day - 10);
    }

    private synchronized String groups() {
        return hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
    }

    private String hex(int length) {
        return chars("0123456789abcdef", length);
    }

    private synchronized String digits(int length) {
        return (random.nextInt(9) + 1) + chars("0123456789", length - 1);
    }

    private String chars(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
