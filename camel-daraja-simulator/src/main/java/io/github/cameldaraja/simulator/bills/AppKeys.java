package io.github.cameldaraja.simulator.bills;

import java.util.Optional;

import io.github.cameldaraja.simulator.wire.Exchange;

/**
 * Finds the biller of a request by the key in its header, under either of the names that are in use.
 */
final class AppKeys {

    private final BillBook book;
    private final BillAnswers answers;

    AppKeys(BillBook book, BillAnswers answers) {
        this.book = book;
        this.answers = answers;
    }

    /** The biller; refuses requests without a known key. */
    Biller required(Exchange exchange) {
        return given(exchange).orElseThrow(() -> answers.conflict(OptInEndpoint.INVALID));
    }

    /** The biller, empty without a key; refuses unknown keys. */
    Optional<Biller> given(Exchange exchange) {
        String key = exchange.header("app_key") == null ? exchange.header("appKey") : exchange.header("app_key");
        if (key == null || key.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(book.ofAppKey(key.trim()).orElseThrow(() -> answers.conflict(OptInEndpoint.INVALID)));
    }
}
