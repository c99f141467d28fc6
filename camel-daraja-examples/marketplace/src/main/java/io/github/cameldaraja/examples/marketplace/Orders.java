package io.github.cameldaraja.examples.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cameldaraja.api.InvalidFieldException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.EnumSet;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** What people wish about an order. A wish says which money is to move next; that it has moved is said by {@link Outcomes}. */
public class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final OrderTable table;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final BigDecimal commission;

    /**
     * @param commission what the marketplace keeps, in percent
     */
    Orders(OrderTable table, TransactionTemplate transactions, Clock clock, BigDecimal commission) {
        this.table = table;
        this.transactions = transactions;
        this.clock = clock;
        this.commission = commission;
    }

    /** Takes an order in; its buyer will be asked. The same one again only tells how far it is. */
    public OrderPage place(NewOrder wish) {
        if (wish == null) {
            throw new InvalidFieldException("body", "is missing", NewOrder.EXAMPLE);
        }
        Order order = wish.order(commission);
        try {
            transactions.executeWithoutResult(status -> {
                table.insert(order);
                table.insert(order, LegKind.COLLECT, 1, clock.instant());
            });
        } catch (DuplicateKeyException e) {
            Order known = table.find(order.id());
            return known.isSame(order) ? page(known) : OrderPage.refused(409,
                    "orderId: was used before for another buyer, seller or amount; choose one for each order");
        }
        return page(table.find(order.id()));
    }

    /** The buyer has what he bought: the seller's share goes to the paying short code, and from there to the seller. */
    public OrderPage delivered(String id) {
        return decide(id, order -> switch (order.state()) {
            case PAID -> begin(order, OrderState.TOPPING_UP, LegKind.TOP_UP);
            case TOPPING_UP, PAYING, SETTLED -> page(order);
            case AWAITING_PAYMENT -> page(order).refusing("it is not known to be paid: deliver when it is PAID");
            case UNPAID -> page(order).refusing("it is not paid");
            case REFUNDING, REFUNDED -> page(order).refusing("it was disputed, and the buyer is given the money back");
        });
    }

    /** The buyer wants the money back, and gets it as long as no payout has begun. */
    public OrderPage dispute(String id) {
        return decide(id, order -> switch (order.state()) {
            case PAID -> begin(order, OrderState.REFUNDING, LegKind.REFUND);
            case TOPPING_UP -> {
                // one that is on its way ends in the paying short code, and nothing follows it
                table.legs(id).stream().filter(leg -> leg.kind() == LegKind.TOP_UP).forEach(leg -> table.change(leg.payment(),
                        EnumSet.of(LegStatus.DUE), LegStatus.DROPPED, null, "disputed before it was sent"));
                yield begin(order, OrderState.REFUNDING, LegKind.REFUND);
            }
            case REFUNDING, REFUNDED -> page(order);
            case AWAITING_PAYMENT -> page(order).refusing("it is not known to be paid: there is nothing to give back yet");
            case UNPAID -> page(order).refusing("it is not paid: there is nothing to give back");
            case PAYING -> page(order).refusing("the payout to the seller has begun, and M-Pesa takes no payout back: settle it"
                    + " with the seller");
            case SETTLED -> page(order).refusing("the seller was paid, and M-Pesa takes no payout back: settle it with the seller");
        });
    }

    /** A person has removed the cause why a movement failed: there is another attempt, under another key. */
    public OrderPage retry(String id) {
        return decide(id, order -> {
            Leg failed = OrderPage.current(order.state(), table.legs(id));
            if (failed == null || failed.status() != LegStatus.FAILED && failed.status() != LegStatus.REFUSED) {
                return page(order).refusing("nothing has failed for certain: what may have moved the money is not tried again");
            }
            LOG.info("A person lets {} be tried again", failed);
            table.insert(order, failed.kind(), failed.attempt() + 1, clock.instant());
            return page(order);
        });
    }

    /** The order, or null. */
    public OrderPage find(String id) {
        Order order = table.find(id);
        return order == null ? null : page(order).shown();
    }

    /** Where all the money is. */
    public Summary summary() {
        return new Summary(table.counts(), table.moved(), table.strays(),
                table.doubtful().stream().map(this::find).toList());
    }

    /** Answers a failure: nothing was changed. */
    public OrderPage failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (failure instanceof JsonProcessingException) {
            return OrderPage.refused(400, "body: is not what was expected; " + NewOrder.EXAMPLE);
        }
        if (failure instanceof InvalidFieldException) {
            return OrderPage.refused(400, failure.getMessage());
        }
        LOG.error("A wish could not be noted", failure);
        return OrderPage.refused(503, "it could not be noted; send the same again");
    }

    // one at a time about each order, outcomes included; null if there is no such order
    private OrderPage decide(String id, Function<Order, OrderPage> rule) {
        return transactions.execute(status -> {
            Order order = table.lock(id);
            return order == null ? null : rule.apply(order);
        });
    }

    private OrderPage begin(Order order, OrderState state, LegKind kind) {
        table.move(order.id(), state);
        table.insert(order, kind, 1, clock.instant());
        LOG.info("{} is {} now", order, state);
        return page(table.find(order.id()));
    }

    private OrderPage page(Order order) {
        return OrderPage.of(order, table.legs(order.id()));
    }
}
