package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adds up. */
final class Totals {

    private final Map<Direction, Map<Kind, Line>> lines = new EnumMap<>(Direction.class);
    private final Map<Direction, BigDecimal> open = new EnumMap<>(Direction.class);

    Totals() {
        for (Direction direction : Direction.values()) {
            lines.put(direction, new EnumMap<>(Kind.class));
            open.put(direction, BigDecimal.ZERO);
        }
    }

    void add(Payment payment, Order order) {
        for (Direction direction : Direction.values()) {
            Side side = order.side(direction);
            if (Judge.goes(payment.kind(), direction) || !side.moved().isEmpty() || !side.booked().isEmpty()) {
                lines.get(direction).merge(payment.kind(), line(payment.kind(), direction, side), Line::plus);
            }
        }
    }

    /** The ledger may differ by what is missing there, or there too much, with an excuse. */
    void excuse(Order order) {
        for (Direction direction : Direction.values()) {
            Side side = order.side(direction);
            open.merge(direction, sum(side.moved()).subtract(sum(side.booked())), BigDecimal::add);
        }
    }

    /** What the books may have more than the ledger. */
    BigDecimal open(Direction direction) {
        return open.get(direction);
    }

    List<Line> lines() {
        List<Line> all = new ArrayList<>();
        lines.forEach((direction, kinds) -> {
            all.addAll(kinds.values());
            all.add(kinds.values().stream().reduce(none("all " + words(direction)), Line::plus));
        });
        return all;
    }

    private static Line line(Kind kind, Direction direction, Side side) {
        String name = switch (kind) {
            case PUSH -> "prompts";
            case PAYOUT -> "payouts";
            case PAY_BILL -> "pay bill";
            case RETURN -> direction == Direction.IN ? "pay bill, to be returned" : "returned";
        };
        return new Line(name + (Judge.goes(kind, direction) ? "" : ", " + words(direction)), 1, side.moved().isEmpty() ? 0 : 1,
                sum(side.moved()), side.booked().isEmpty() ? 0 : 1, sum(side.booked()));
    }

    private static Line none(String name) {
        return new Line(name, 0, 0, BigDecimal.ZERO, 0, BigDecimal.ZERO);
    }

    private static String words(Direction direction) {
        return direction == Direction.IN ? "in" : "out";
    }

    private static BigDecimal sum(List<Money> money) {
        return money.stream().map(Money::amount).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
