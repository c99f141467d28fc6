package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules: what is lost, twice, wrong or unresolved about one order. Looks at nothing but what it is given. */
final class Judge {

    private final Excuses excuses;
    private final Function<Integer, List<Answered>> answered;

    Judge(Excuses excuses, Function<Integer, List<Answered>> answered) {
        this.excuses = excuses;
        this.answered = answered;
    }

    List<Finding> judge(Payment payment, Order order) {
        List<Finding> found = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            new Trial(payment, order, direction, found).hold();
        }
        return found;
    }

    /** Which way the money of such an order goes that the application begins; PAY_BILL is begun by the customer. */
    static Direction begun(Kind kind) {
        return kind == Kind.PAYOUT || kind == Kind.RETURN ? Direction.OUT : Direction.IN;
    }

    static boolean goes(Kind kind, Direction direction) {
        return kind == Kind.RETURN || begun(kind) == direction;
    }

    private final class Trial {

        private final Payment payment;
        private final Order order;
        private final Direction direction;
        private final Side side;
        private final List<Finding> found;

        private Trial(Payment payment, Order order, Direction direction, List<Finding> found) {
            this.payment = payment;
            this.order = order;
            this.direction = direction;
            this.side = order.side(direction);
            this.found = found;
        }

        private void hold() {
            if (side.moved().isEmpty()) {
                nothingMoved();
            } else {
                moved();
            }
            if (side.bookedAgain() > 0) {
                find(Fault.TWICE, "a route was about to book it " + (side.bookedAgain() + 1) + " times");
            }
            resolved();
        }

        private void nothingMoved() {
            List<String> lies = new ArrayList<>();
            if (!side.booked().isEmpty()) {
                lies.add("the ledger has " + side.booked());
            }
            if (side.isToldCompleted()) {
                lies.add("a route was told COMPLETED");
            }
            if (isAsked() && Side.COMPLETED.equals(order.answered())) {
                lies.add("the client was told COMPLETED");
            }
            if (!lies.isEmpty()) {
                find(Fault.WRONG, String.join(", ", lies) + ", and nothing has moved");
            }
            if (side.booked().size() > 1) {
                find(Fault.TWICE, "booked " + side.booked().size() + " times: " + side.booked());
            }
        }

        private void moved() {
            List<Money> moved = side.moved();
            List<Money> booked = side.booked();
            if (!goes(payment.kind(), direction)) {
                find(Fault.WRONG, "nobody has asked for " + moved);
            }
            moved.stream().filter(money -> !money.sameAmount(asked())).forEach(money ->
                    find(Fault.WRONG, "moved " + money + ", ordered " + payment.amount()));
            if (moved.size() > 1) {
                find(Fault.TWICE, "moved " + moved.size() + " times: " + moved);
            }
            List<String> missing = new ArrayList<>();
            if (booked.size() < moved.size()) {
                missing.add("the ledger has " + (booked.isEmpty() ? "nothing" : booked));
            } else if (booked.size() > moved.size() || receiptTwice(booked)) {
                find(Fault.TWICE, "moved " + moved + ", and booked " + booked);
            }
            if (!side.isToldCompleted()) {
                missing.add("no route was told");
            }
            if (!missing.isEmpty() && !isKnownToBeMissing()) {
                find(Fault.LOST, "moved " + moved + ", and " + String.join(", ", missing));
            }
            if (side.isLastWordFailure()) {
                lastWordIsFailure("moved " + moved + ", and the last word that a route has heard is " + side.lastWord());
            }
            booked.forEach(this::compare);
        }

        private void lastWordIsFailure(String what) {
            excuses.contradiction(payment.number()).filter(how -> side.isDisputed()).ifPresentOrElse(
                    how -> find(Fault.EXCUSED, what + "; " + how + ", and a person was told"), () -> find(Fault.WRONG, what));
        }

        /** An excuse for being open is one for what is missing meanwhile. */
        private boolean isKnownToBeMissing() {
            return !side.open().isEmpty() && excuse().isPresent();
        }

        private void compare(Money entry) {
            Optional<Money> same = side.moved().stream().filter(entry::sameReceipt).findFirst();
            if (same.isEmpty() && entry.receipt() != null) {
                find(Fault.WRONG, "booked with receipt " + entry.receipt() + ", moved " + side.moved());
            }
            if (same.map(money -> !money.sameAmount(entry)).orElseGet(() -> side.moved().stream().noneMatch(entry::sameAmount))) {
                find(Fault.WRONG, "booked " + entry + ", moved " + side.moved());
            }
        }

        private void resolved() {
            if (!side.open().isEmpty()) {
                open("at the end it is " + String.join(", ", side.open()));
            } else if (isAsked() && !side.isEnded() && !order.isRefused()) {
                open(order.answered() == null ? "its client was never answered" : "its client was told " + order.answered()
                        + ", and the store has no end of it");
            } else if (isOwedBack() && !side.isEnded()) {
                open("it was paid, and never sent back");
            }
        }

        /** Whether a client has posted it. */
        private boolean isAsked() {
            return payment.kind() == Kind.PUSH && direction == Direction.IN || payment.kind() == Kind.PAYOUT && direction == Direction.OUT;
        }

        private boolean isOwedBack() {
            return payment.kind() == Kind.RETURN && direction == Direction.OUT && !order.side(Direction.IN).moved().isEmpty();
        }

        private void open(String what) {
            Optional<String> reason = excuse();
            if (reason.isPresent()) {
                find(Fault.EXCUSED, what + "; " + reason.get());
            } else {
                find(Fault.UNRESOLVED, what + taken().map(word -> "; no excuse: its " + word.what() + " said that it was "
                        + (word.paid() ? "" : "not ") + "paid, and was answered " + word.status()).orElse(""));
            }
        }

        private Optional<String> excuse() {
            return excuses.of(payment.number()).or(this::excuseOfPayments).filter(reason -> taken().isEmpty());
        }

        // each of those that are open must have one
        private Optional<String> excuseOfPayments() {
            List<Optional<String>> reasons = side.open().stream()
                    .map(open -> excuses.of(payment.number(), open.substring(0, open.indexOf(' ')))).toList();
            return reasons.isEmpty() || reasons.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : reasons.get(0);
        }

        /** A true word that the application has taken: it leaves no excuse. */
        private Optional<Answered> taken() {
            boolean paid = !side.moved().isEmpty();
            return answered.apply(payment.number()).stream()
                    .filter(word -> word.direction() == direction && word.isTaken() && word.paid() == paid).findFirst();
        }

        private Money asked() {
            return new Money(null, BigDecimal.valueOf(payment.amount()));
        }

        private boolean receiptTwice(List<Money> booked) {
            Set<String> seen = new HashSet<>();
            return booked.stream().anyMatch(entry -> entry.receipt() != null && !seen.add(entry.receipt()));
        }

        private void find(Fault fault, String what) {
            found.add(new Finding(fault, payment.number(), (direction == Direction.IN ? "in: " : "out: ") + what));
        }
    }
}
