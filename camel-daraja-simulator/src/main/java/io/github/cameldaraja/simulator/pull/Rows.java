package io.github.cameldaraja.simulator.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.PullOddity;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Kind;

/**
 * The payments of the last 48 hours as Pull tells them.
 */
final class Rows {

    private static final Duration KEPT = Duration.ofHours(48);
    private static final String ORGANISATION = "Simulator Shop";

    private final Inside inside;
    private final Oddities oddities;
    private Duration delay;

    Rows(Inside inside, Oddities oddities) {
        this.inside = inside;
        this.oddities = oddities;
        reset();
    }

    /** Changes how long it takes until a payment is known. */
    synchronized void delay(Duration value) {
        delay = value;
    }

    /** The payments to that receiver between two times, inclusive, oldest first; parts of a second do not count. */
    synchronized List<LedgerEntry> between(String receiver, Instant from, Instant to) {
        Instant now = inside.clock().instant();
        Instant oldest = now.minus(KEPT);
        List<LedgerEntry> found = new ArrayList<>(inside.ledger().paymentsSince(from.isBefore(oldest) ? oldest : from).stream()
                .filter(entry -> entry.partyB().equals(receiver))
                .filter(entry -> entry.at().isBefore(to.plusSeconds(1)) && !entry.at().plus(delay).isAfter(now))
                .toList());
        if (oddities.has(PullOddity.NEWEST_FIRST)) {
            Collections.reverse(found);
        }
        return found;
    }

    ObjectNode write(LedgerEntry entry) {
        boolean till = inside.ledger().kind(entry.partyB()) == Kind.TILL;
        String phone = entry.payerPhone();
        return inside.json().object()
                .put("transactionId", entry.receipt())
                .put("trxDate", PullTimes.write(entry.at(), oddities.has(PullOddity.UTC_TIMES)))
                .put("msisdn", Long.parseLong(
                        oddities.has(PullOddity.SHORT_PHONES) ? phone.substring(phone.length() - 9) : phone))
                .put("sender", inside.customers().get(phone).name())
                .put("transactiontype", till ? "c2b-buy-goods-debit" : "c2b-pay-bill-debit")
                .put("billreference", till ? "" : entry.accountReference())
                .put("amount", entry.amount().setScale(2).toPlainString())
                .put("organizationname", ORGANISATION);
    }

    synchronized void reset() {
        delay = inside.settings().pullDelay();
    }
}
