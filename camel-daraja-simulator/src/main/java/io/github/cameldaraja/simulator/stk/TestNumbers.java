package io.github.cameldaraja.simulator.stk;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.github.cameldaraja.simulator.Script;

/**
 * The documented phone numbers, one for each fate.
 */
public final class TestNumbers {

    /** A number with its meaning. */
    public record Entry(String meaning, Script script) {
    }

    private final Map<String, Entry> entries = new TreeMap<>();

    public TestNumbers() {
        outcomes();
        answers();
        callbacks();
    }

    public Map<String, Entry> all() {
        return Collections.unmodifiableMap(entries);
    }

    /** The fate of a number, or null if it is an ordinary one. */
    public Script script(String phone) {
        Entry entry = entries.get(phone);
        return entry == null ? null : entry.script();
    }

    private void outcomes() {
        add("254700000000", "pays", Script.pays());
        result("01", "1", "too little money");
        result("02", "2", "below the minimum");
        result("03", "3", "above the maximum");
        result("04", "4", "above the daily limit");
        result("08", "8", "merchant's account full");
        result("10", "1001", "subscriber locked");
        result("17", "17", "same amount within two minutes");
        result("19", "1019", "expired");
        result("20", "2001", "wrong PIN");
        result("25", "1025", "prompt could not be sent");
        result("28", "2028", "not permitted for this short code");
        result("32", "1032", "cancelled by the customer");
        result("36", "1036", "prompt not delivered");
        add("254700000037", "1037: nobody answers, when the prompt expires", Script.neverAnswers());
        result("53", "SFC_IC0003", "receiver unknown");
        result("80", "8006", "customer's PIN locked");
        result("99", "9999", "prompt could not be sent");
    }

    private void answers() {
        Script pays = Script.pays();
        add("254700001001", "connection reset, nothing booked", pays.resetBeforeAccepting());
        add("254700001002", "connection reset, but paid", pays.resetAfterAccepting());
        add("254700001003", "HTTP 500 500.003.1001, but paid", pays.errorAfterAccepting());
        add("254700001004", "firewall's HTML page, nothing booked", pays.html503());
        add("254700001005", "plain HTML 503, but paid", pays.html503AfterAccepting());
        add("254700001006", "empty HTTP 401, nothing booked", pays.empty401());
        add("254700001007", "HTTP 200 with empty body, but paid", pays.emptyBody());
        add("254700001008", "spike arrest as HTTP 429 fault, nothing booked", pays.spikeArrest());
        add("254700001009", "spike arrest as 500.003.02, nothing booked", pays.spikeArrestGateway());
        add("254700001010", "quota 500.003.03, nothing booked", pays.quota());
        add("254700001011", "system busy 500.003.02, nothing booked", pays.systemBusy());
        add("254700001012", "unable to lock subscriber, nothing booked", pays.unableToLock());
        add("254700001013", "token revoked once, the repeat is paid", pays.revokedToken());
        add("254700001014", "API product fault, nothing booked", pays.apiProductFault());
        add("254700001015", "error envelope with HTTP 200, nothing booked", pays.errorWith200());
        add("254700001016", "SOAP fault, nothing booked", pays.soapFault());
        add("254700001017", "answer 10 s late, paid", pays.slowAnswer(Duration.ofSeconds(10)));
    }

    private void callbacks() {
        Script pays = Script.pays();
        add("254700001101", "paid, callback lost", pays.lostCallback());
        add("254700001102", "paid, callback twice", pays.duplicateCallback());
        add("254700001103", "paid, callback before the answer", pays.callbackBeforeAnswer());
        add("254700001104", "paid, callback 30 s late", pays.callbackAfter(Duration.ofSeconds(30)));
        add("254700001105", "paid, a second callback says 1032", pays.contradicting("1032"));
        add("254700001106", "paid, a first callback says 1032", pays.contradictingFirst("1032"));
        add("254700001107", "paid, phone masked", pays.maskedPhone());
        add("254700001108", "paid, no Balance item", pays.withoutBalanceItem());
        add("254700001109", "paid, Balance without value", pays.balanceWithoutValue());
        add("254700001110", "paid, amount as \"1.00\" in quotes", pays.amountAs("\"1.00\""));
        add("254700001111", "cancelled, text with [STK_CB - ]", Script.result(1032).prefixedText());
        add("254700001112", "paid, callback says 1 shilling", pays.wrongAmount(BigDecimal.ONE));
        add("254700001113", "paid, callback is not JSON", pays.callbackBody("{\"Body\":{\"stkCall"));
        add("254700001114", "paid, no receipt in the callback", pays.noReceipt());
        add("254700001115", "paid, ResultCode as text", pays.stringResultCode());
        add("254700001116", "cancelled, callback lost", Script.result(1032).lostCallback());
        add("254700001117", "waits for the handset page", pays.offeredToHandset());
    }

    private void result(String last, String code, String meaning) {
        add("2547000000" + last, code + ": " + meaning, Script.result(code));
    }

    private void add(String phone, String meaning, Script script) {
        entries.put(phone, new Entry(meaning, script));
    }
}
