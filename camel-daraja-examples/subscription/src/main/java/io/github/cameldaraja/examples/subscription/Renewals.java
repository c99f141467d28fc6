package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import java.time.LocalDate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Standing orders. That one exists prolongs nothing: its debits are payments like all others. */
public class Renewals {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
    private static final String EXAMPLE = "{\"account\": \"ANNE01\", \"phone\": \"0712345678\"}";

    private final Offer offer;
    private final Subscribers subscribers;
    private final StandingOrders orders;
    private final Plans plans;

    public Renewals(Offer offer, Subscribers subscribers, StandingOrders orders, Plans plans) {
        this.offer = offer;
        this.subscribers = subscribers;
        this.orders = orders;
        this.plans = plans;
    }

    /** Opens a standing order from the last paid day on, or from today; or finds that one stands. */
    public Order open(RenewalRequest request) {
        if (request == null) {
            throw new InvalidFieldException("body", "is missing", "send JSON such as " + EXAMPLE);
        }
        String account = Typed.account(request.account());
        String phone = Typed.phone(request.phone());
        LocalDate today = plans.today();
        PaidDays paid = plans.paid(account);
        LocalDate firstDay = paid != null && paid.include(today) ? paid.last() : today;
        LocalDate lastDay = firstDay.plusMonths(offer.renewals()).minusDays(1);
        subscribers.remember(account);
        return new Order(account, orders.open(account, today, lastDay), phone, offer.price(), firstDay, lastDay);
    }

    /** The answer if one stands. */
    public Answer known(Order order) {
        return answer(order.account(), null);
    }

    /** Notes what became of a standing order; its name came back as the idempotency key. */
    public Answer settle(Outcome outcome) {
        String name = outcome.idempotencyKey();
        int dash = name.lastIndexOf('-');
        String account = name.substring(0, dash);
        int number = Integer.parseInt(name.substring(dash + 1));
        if (outcome.isCompleted()) {
            // "completed" is the order, not money
            orders.agreed(account, number);
            if (orders.standing(account, plans.today()) > 1) {
                LOG.error("A person must look: {} has two standing orders, for {} was said to have failed", account, name);
            }
        } else if (outcome.status().isFinal()) {
            orders.declined(account, number);
        }
        return answer(account, outcome.resultDescription());
    }

    /** Answers a failure. Only an order that was certainly not sent may be asked for again. */
    public Answer failed(@Variable("order") Order order, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        boolean unsent = failure instanceof DarajaException && !(failure instanceof DarajaOutcomeUnknownException);
        if (order != null && unsent) {
            orders.declined(order.account(), order.number());
        }
        Answer malformed = Answer.malformed(failure, EXAMPLE);
        if (malformed != null) {
            return malformed;
        }
        LOG.error("A standing order could not be set up", failure);
        return unsent || order == null ? new Answer(503, AnswerStatus.REFUSED, "M-Pesa cannot be asked now", true, null)
                : Answer.unknown("the standing order is still being looked at", false);
    }

    private Answer answer(String account, String reason) {
        return switch (orders.statusOf(account)) {
            case AGREED -> Answer.done(AnswerStatus.ORDERED, plans.find(account));
            case DECLINED -> Answer.declined(reason);
            case ASKED -> Answer.unknown("the customer was asked and has not answered yet: do not ask again", false);
        };
    }
}
