package io.github.cameldaraja.examples.marketplace;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.B2b;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaKeyConflictException;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Reversal;
import io.github.cameldaraja.api.StkPush;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due. What M-Pesa answers to that only tells whether it has the request: the order is moved by {@link Outcomes}.
 *
 * <p>To send one again is safe: the component knows the key, and joins the payment that it stands for.
 */
public class Legs {

    private static final Logger LOG = LoggerFactory.getLogger(Legs.class);
    private static final EnumSet<LegStatus> CLAIMED = EnumSet.of(LegStatus.SENDING);
    // longer than Safaricom may take to answer
    private static final Duration LONGEST_SENDING = Duration.ofMinutes(2);

    private final OrderTable table;
    private final Clock clock;
    private final Duration pause;

    /**
     * @param pause before what M-Pesa did not take is sent again
     */
    Legs(OrderTable table, Clock clock, Duration pause) {
        this.table = table;
        this.clock = clock;
        this.pause = pause;
    }

    /** What is to be sent now. */
    public List<Leg> due() {
        return table.due(clock.instant());
    }

    /**
     * Claims it: from now on it may have been sent. If nobody has noted what became of the sending after a while, it is sent again.
     *
     * @return what to ask M-Pesa for; null if it is not due any more
     */
    public Object claim(Leg leg) {
        Instant now = clock.instant();
        if (!table.claim(leg.payment(), now, now.plus(LONGEST_SENDING))) {
            return null;
        }
        Order order = table.find(leg.order());
        String remarks = "Order " + order.id();
        return switch (leg.kind()) {
            case COLLECT -> new StkPush.Request(order.buyer(), leg.amount(), order.id(), null, null, null);
            // command and receiver are pinned in the route
            case TOP_UP -> new B2b.Request(null, null, leg.amount(), order.id(), null, null, remarks, null);
            case PAYOUT -> new B2c.Request(order.seller(), leg.amount(), null, remarks, null, null, null, null);
            case REFUND -> new Reversal.Request(receiptOf(order), leg.amount(), remarks, null);
        };
    }

    /** M-Pesa has the request, now or since an earlier time. The order has not moved by that. */
    public void acknowledged(@Variable("leg") Leg leg, @Header(DarajaConstants.REFERENCE) String reference) {
        table.learn(leg.payment(), reference, null);
        table.change(leg.payment(), CLAIMED, LegStatus.PENDING, null, null);
    }

    /** M-Pesa has not acknowledged it. Only what was certainly not sent may be sent again, or given up. */
    public void notAcknowledged(@Variable("leg") Leg leg, @Header(DarajaConstants.REFERENCE) String reference,
                                @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (failure instanceof DarajaOutcomeUnknownException || failure instanceof DarajaKeyUsedException
                || failure instanceof DarajaKeyConflictException) {
            LOG.warn("What becomes of {} is not known yet: {}", leg, failure.getMessage());
            table.learn(leg.payment(), reference, null);
            table.change(leg.payment(), CLAIMED, LegStatus.UNKNOWN, null, failure.getMessage());
        } else if (failure instanceof DarajaRequestException refusal) {
            LOG.error("A person must look: {} is refused: {}", leg, failure.getMessage());
            table.change(leg.payment(), CLAIMED, LegStatus.REFUSED, refusal.getErrorCode(), failure.getMessage());
        } else {
            LOG.warn("{} is sent again later: {}", leg, failure.toString());
            table.postpone(leg.payment(), clock.instant().plus(pause),
                    failure instanceof DarajaException ? failure.getMessage() : "it could not be sent, or that could not be noted");
        }
    }

    /** Brings what concerns people to them: here into the log, and into what is told of the order. */
    public void alert(Alert alert) {
        LOG.error("A person must look: {} {} {}", alert.kind(), alert.reference(), alert.message());
        if (alert.kind() == AlertKind.UNRESOLVED) {
            table.unresolved(alert.reference(), alert.message());
        }
    }

    private String receiptOf(Order order) {
        return table.legs(order.id()).stream().filter(leg -> leg.kind() == LegKind.COLLECT
                && leg.status() == LegStatus.DONE && leg.receipt() != null).map(Leg::receipt).findFirst().orElseThrow();
    }
}
