package io.github.cameldaraja.examples.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.simulator.Customer;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Transfer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds Safaricom's books against the orders, to the shilling: every movement by its receipt, both short codes, and everybody's
 * pocket.
 */
final class Audit {

    /** What was found in order, in shillings. */
    record Figures(int orders, Map<OrderState, Long> states, long collected, long toppedUp, long paidOut, long givenBack,
                   long strays) {

        @Override
        public String toString() {
            return ("%d orders %s; KES %,d collected, %,d topped up, %,d paid out, %,d given back, %,d for no order;"
                    + " Safaricom's books agree").formatted(orders, states, collected, toppedUp, paidOut, givenBack, strays);
        }
    }

    private static final String UTILITY = "Utility Account";
    private static final String WORKING = "Working Account";
    private static final long WORKING_FLOAT = 1_000_000;
    private static final long POCKET = 100_000;

    private final DarajaSimulator safaricom;
    private final Map<String, Order> orders;
    private final List<Leg> done;
    private final Map<String, BigDecimal> strays;

    /** Reads the orders' side: outside of a running program, or in it. */
    Audit(DarajaSimulator safaricom, OrderTable table, Map<String, BigDecimal> strays) {
        this.safaricom = safaricom;
        this.orders = table.orders().stream().collect(Collectors.toMap(Order::id, Function.identity()));
        this.done = table.legs().stream().filter(leg -> leg.status() == LegStatus.DONE).toList();
        this.strays = strays;
    }

    /** Fails at the first difference. */
    Figures agrees() {
        safaricom.books().verify();
        movements();
        states();
        return balances();
    }

    private void movements() {
        List<String> collected = lines(LegKind.COLLECT, leg -> leg.receipt() + " from " + order(leg).buyer());
        strays.forEach((receipt, amount) -> collected.add(receipt + " for no order " + shillings(amount)));
        assertThat(safaricom.books().entries()).as("buyers' payments").extracting(entry -> strays.containsKey(entry.receipt())
                ? entry.receipt() + " for no order " + shillings(entry.amount())
                : entry.receipt() + " from " + entry.payerPhone() + " " + shillings(entry.amount()))
                .containsExactlyInAnyOrderElementsOf(collected);
        assertThat(told("BusinessPayToBulk", transfer -> transfer.receipt() + " for " + transfer.reference())).as("top-ups")
                .containsExactlyInAnyOrderElementsOf(lines(LegKind.TOP_UP, leg -> leg.receipt() + " for " + leg.order()));
        assertThat(told("BusinessPayment", transfer -> transfer.receipt() + " to " + transfer.to())).as("payouts")
                .containsExactlyInAnyOrderElementsOf(lines(LegKind.PAYOUT, leg -> leg.receipt() + " to " + order(leg).seller()));
        assertThat(told("TransactionReversal", transfer -> transfer.reverses() + " to " + transfer.to())).as("reversals")
                .containsExactlyInAnyOrderElementsOf(lines(LegKind.REFUND, leg -> receiptOf(leg) + " to " + order(leg).buyer()));
        assertThat(safaricom.books().transfers()).as("nothing else").extracting(Transfer::operation)
                .isSubsetOf("BusinessPayToBulk", "BusinessPayment", "TransactionReversal");
    }

    // what an order says of itself is what its movements say, each of them at most once
    private void states() {
        Map<String, Set<LegKind>> byOrder = new HashMap<>();
        done.forEach(leg -> assertThat(byOrder.computeIfAbsent(leg.order(), id -> new HashSet<>()).add(leg.kind())).as("%s", leg)
                .isTrue());
        orders.forEach((id, order) -> {
            Set<LegKind> moved = byOrder.getOrDefault(id, Set.of());
            Set<LegKind> needed = switch (order.state()) {
                case AWAITING_PAYMENT, UNPAID -> Set.of();
                case PAID, TOPPING_UP, REFUNDING -> Set.of(LegKind.COLLECT);
                case PAYING -> Set.of(LegKind.COLLECT, LegKind.TOP_UP);
                case SETTLED -> Set.of(LegKind.COLLECT, LegKind.TOP_UP, LegKind.PAYOUT);
                case REFUNDED -> Set.of(LegKind.COLLECT, LegKind.REFUND);
            };
            Set<LegKind> found = new HashSet<>(moved);
            if (order.state() == OrderState.REFUNDING || order.state() == OrderState.REFUNDED) {
                // disputed while it was on its way: it stays in the paying short code
                found.remove(LegKind.TOP_UP);
            }
            assertThat(found).as("%s", order).isEqualTo(needed);
        });
    }

    private Figures balances() {
        long collected = sum(LegKind.COLLECT);
        long stray = strays.values().stream().mapToLong(Audit::shillings).sum();
        long toppedUp = sum(LegKind.TOP_UP);
        long paidOut = sum(LegKind.PAYOUT);
        long givenBack = sum(LegKind.REFUND);
        String collecting = safaricom.credentials().shortCode();
        assertThat(safaricom.books().balance(collecting, UTILITY)).as("what is held").isEqualTo(collected + stray - givenBack);
        assertThat(safaricom.books().balance(collecting, WORKING)).as("what is left to top up from")
                .isEqualTo(WORKING_FLOAT - toppedUp);
        assertThat(safaricom.books().balance(safaricom.payoutShortCode(), UTILITY)).as("what is left to pay out from")
                .isEqualTo(toppedUp - paidOut);
        assertThat(safaricom.customers().all()).as("pockets").allSatisfy(customer ->
                assertThat(customer.balance()).as(customer.phone()).isEqualTo(pocket(customer)));
        Map<OrderState, Long> states = orders.values().stream()
                .collect(Collectors.groupingBy(Order::state, TreeMap::new, Collectors.counting()));
        return new Figures(orders.size(), states, collected, toppedUp, paidOut, givenBack, stray);
    }

    private long pocket(Customer customer) {
        long pocket = POCKET;
        for (Leg leg : done) {
            Order order = order(leg);
            boolean asBuyer = order.buyer().equals(customer.phone());
            boolean asSeller = order.seller().equals(customer.phone());
            pocket += switch (leg.kind()) {
                case COLLECT -> asBuyer ? -shillings(leg.amount()) : 0;
                case REFUND -> asBuyer ? shillings(leg.amount()) : 0;
                case PAYOUT -> asSeller ? shillings(leg.amount()) : 0;
                case TOP_UP -> 0;
            };
        }
        // only Safaricom knows whose these were
        return pocket - safaricom.books().entries().stream()
                .filter(entry -> strays.containsKey(entry.receipt()) && entry.payerPhone().equals(customer.phone()))
                .map(LedgerEntry::amount).mapToLong(Audit::shillings).sum();
    }

    private List<String> told(String operation, Function<Transfer, String> words) {
        return safaricom.books().transfers().stream().filter(transfer -> transfer.operation().equals(operation))
                .map(transfer -> words.apply(transfer) + " " + shillings(transfer.amount())).toList();
    }

    private List<String> lines(LegKind kind, Function<Leg, String> words) {
        return done.stream().filter(leg -> leg.kind() == kind).map(leg -> words.apply(leg) + " " + shillings(leg.amount()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private long sum(LegKind kind) {
        return done.stream().filter(leg -> leg.kind() == kind).mapToLong(leg -> shillings(leg.amount())).sum();
    }

    private String receiptOf(Leg refund) {
        return done.stream().filter(leg -> leg.kind() == LegKind.COLLECT && leg.order().equals(refund.order())).map(Leg::receipt)
                .findFirst().orElse(null);
    }

    private Order order(Leg leg) {
        return orders.get(leg.order());
    }

    private static long shillings(BigDecimal amount) {
        return amount.longValueExact();
    }
}
