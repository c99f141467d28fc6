package io.github.cameldaraja.simulator.bills;

import java.util.Set;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;

/**
 * Opting in, and changing the details later.
 */
final class OptInEndpoint {

    static final String INVALID = "Invalid consumer key/shortcode";

    private static final String FIRST_FIELD = "shortcode";

    private final Inside inside;
    private final BillBook book;
    private final BillAnswers answers;

    OptInEndpoint(Inside inside, BillBook book, BillAnswers answers) {
        this.inside = inside;
        this.book = book;
        this.answers = answers;
    }

    Answer optIn(Exchange exchange) {
        Biller wish = read(exchange, Type.TEXT);
        checkOwner(wish.shortCode());
        if (book.biller(wish.shortCode()).isPresent()) {
            throw answers.conflict("Biller already Registered");
        }
        book.keep(wish);
        return answers.optedIn(wish.appKey());
    }

    Answer change(Exchange exchange) {
        Biller wish = read(exchange, Type.NUMBER);
        checkOwner(wish.shortCode());
        Biller known = book.biller(wish.shortCode()).orElseThrow(() -> answers.conflict(INVALID));
        book.keep(new Biller(known.shortCode(), wish.email(), wish.officialContact(), wish.reminders(), wish.logo(),
                wish.callbackUrl(), known.appKey()));
        return answers.success();
    }

    /** The type of sendReminders differs between the samples. */
    private Biller read(Exchange exchange, Type typeOfReminders) {
        Fields fields = inside.fields(exchange, FIRST_FIELD);
        return new Biller(
                fields.required(FIRST_FIELD, Type.TEXT, Formats::isShortCode),
                fields.required("email", Type.TEXT, text -> text.indexOf('@') > 0),
                fields.required("officialContact", Type.TEXT, BillFormats::isPhone),
                "1".equals(fields.required("sendReminders", typeOfReminders, Set.of("0", "1")::contains)),
                fields.optional("logo", text -> true),
                fields.required("callbackurl", Type.TEXT, inside.formats()::isCallback),
                inside.ids().appKey());
    }

    private void checkOwner(String shortCode) {
        Credentials merchant = inside.settings().credentials();
        if (!Set.of(merchant.shortCode(), merchant.tillNumber(), merchant.storeNumber()).contains(shortCode)) {
            throw answers.conflict(INVALID);
        }
    }
}
