package io.github.cameldaraja.api;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * What the calls to Bill Manager have in common: a path under a prefix that differs from merchant to merchant, and one way to
 * answer (Daraja: "Bill Manager"). They are not repeated by themselves: what was done already is refused as a conflict, which
 * would look as if it had not been done.
 *
 * @param <A> the answer
 */
abstract class BillManagerApi<A extends DarajaAnswer> implements AnswerApi<A> {

    /** More than any bill: what customers pay at once is limited by M-Pesa, not here. */
    static final long MAX_AMOUNT = 999_999_999;
    /** What customers can type at most as account number. */
    static final int REFERENCE_LENGTH = 20;
    /** Objects in one bulk request. */
    static final int BULK = 1000;

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SS");

    private final String name;
    private final String endpoint;

    BillManagerApi(String name, String endpoint) {
        this.name = name;
        this.endpoint = endpoint;
    }

    @Override
    public final String name() {
        return name;
    }

    /** Below the prefix of Bill Manager. */
    @Override
    public final String path(Fields fields) {
        return endpoint;
    }

    @Override
    public final String path(Fields fields, Owned owned) {
        return owned.billManagerPath() + endpoint;
    }

    @Override
    public final SuccessRule success() {
        return new BillManagerRule(name);
    }

    /** What proves the opt-in: the portal writes its name both ways, so both go along. */
    static Map<String, String> appKey(Owned owned) {
        String appKey = owned.billManagerAppKey();
        return Map.of("app_key", appKey, "appKey", appKey);
    }

    /** Our name of an invoice. */
    static Field externalReference() {
        return Field.freeText("externalReference", 1, 100);
    }

    /** Whole shillings: customers can pay nothing else. */
    static Field amount(String name) {
        return Field.shillings(name, 1, MAX_AMOUNT);
    }

    /** A date, or a date and a time in Nairobi; on the wire {@code yyyy-MM-dd} or {@code yyyy-MM-dd HH:mm:ss.SS}. */
    static Field date(String name) {
        return Field.of(name, "a date, yyyy-MM-dd or yyyy-MM-dd HH:mm:ss", (field, text) -> {
            OffsetDateTime time = NairobiTime.parse(text);
            LocalDate date = NairobiTime.parseDate(text);
            if (date == null) {
                throw new InvalidFieldException(field, "must be a date", "write it as yyyy-MM-dd or yyyy-MM-dd HH:mm:ss");
            }
            return time == null ? date.toString() : DATE_TIME.format(time);
        });
    }
}
