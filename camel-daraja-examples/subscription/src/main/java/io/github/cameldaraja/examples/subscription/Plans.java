package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.Outcome;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who has paid until when, and the payments that say so. */
public class Plans {

    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);

    private final Clock clock;
    private final Offer offer;
    private final Payments payments;
    private final Subscribers subscribers;
    private final StandingOrders orders;

    public Plans(Clock clock, Offer offer, Payments payments, Subscribers subscribers, StandingOrders orders) {
        this.clock = clock;
        this.offer = offer;
        this.payments = payments;
        this.subscribers = subscribers;
        this.orders = orders;
    }

    /** Books a payment that came by itself. It pays the plan of the account that it names, if it has that plan's price. */
    public void book(Outcome payment) {
        if (!payment.isCompleted()) {
            return;
        }
        String account = Typed.plain(payment.accountReference());
        boolean fits = offer.costs(payment.amount()) && subscribers.knows(account);
        // a confirmation may lack its time, and comes at once
        OffsetDateTime paidAt = payment.transactionDate() != null ? payment.transactionDate()
                : OffsetDateTime.now(clock.withZone(NairobiTime.ZONE));
        String pays = payments.write(new Payment(payment.receiptNumber(), payment.amount(), paidAt, fits ? account : null));
        if (pays == null) {
            LOG.warn("{} of KES {} pays nobody's plan until its code is typed", payment.receiptNumber(), payment.amount());
        }
    }

    /** The plan of an account, or null. */
    public Plan find(String typed) {
        String account = Typed.plain(typed);
        if (!subscribers.knows(account)) {
            return null;
        }
        PaidDays paid = paid(account);
        return new Plan(account, paid != null && paid.include(today()), paid == null ? null : paid.last().toString(),
                orders.statusOf(account));
    }

    /** The days that an account has paid; null for none. */
    PaidDays paid(String account) {
        return PaidDays.of(payments.of(account));
    }

    LocalDate today() {
        return LocalDate.now(clock.withZone(NairobiTime.ZONE));
    }
}
