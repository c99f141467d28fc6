package io.github.cameldaraja.examples.chaos.audit;

import java.util.List;
import java.util.Set;

/** All that is known of an order's money in one direction. Small: there are many. */
final class Side {

    static final String COMPLETED = "COMPLETED";
    private static final Set<String> FINAL_FAILURES = Set.of("FAILED", "CANCELLED", "EXPIRED");

    private List<Money> moved = List.of();
    private List<Money> booked = List.of();
    private boolean toldCompleted;
    private String lastWord;
    private int bookedAgain;
    private boolean ended;
    private boolean disputed;
    private List<String> open = List.of();

    void moves(Money money) {
        moved = with(moved, money);
    }

    void books(Money money) {
        booked = with(booked, money);
    }

    /** A route was told that; of several words in the order in which it heard them. */
    void hears(String status) {
        if (COMPLETED.equals(status)) {
            toldCompleted = true;
            lastWord = COMPLETED;
        } else if (status != null && FINAL_FAILURES.contains(status)) {
            lastWord = status.intern();
        }
    }

    /** A route was about to book it once more, and the ledger has refused it. */
    void booksAgain() {
        bookedAgain++;
    }

    /** The component has a payment of it in that state; disputed if a person is to look at it. */
    void isStored(String reference, String status, boolean disputed) {
        this.disputed |= disputed;
        if (COMPLETED.equals(status) || FINAL_FAILURES.contains(status)) {
            ended = true;
        } else {
            open = with(open, reference + " " + status);
        }
    }

    List<Money> moved() {
        return moved;
    }

    List<Money> booked() {
        return booked;
    }

    boolean isToldCompleted() {
        return toldCompleted;
    }

    /** The last final word that a route has heard: COMPLETED or a final failure; null if none. */
    String lastWord() {
        return lastWord;
    }

    boolean isLastWordFailure() {
        return lastWord != null && !COMPLETED.equals(lastWord);
    }

    int bookedAgain() {
        return bookedAgain;
    }

    /** Whether the component knows how a payment of it has ended. */
    boolean isEnded() {
        return ended;
    }

    /** Whether a person was told that words about it contradict each other. */
    boolean isDisputed() {
        return disputed;
    }

    /** References and states of the payments that the component does not know the end of. */
    List<String> open() {
        return open;
    }

    // mostly one
    private static <T> List<T> with(List<T> list, T one) {
        if (list.isEmpty()) {
            return List.of(one);
        }
        Object[] all = list.toArray(new Object[list.size() + 1]);
        all[list.size()] = one;
        @SuppressWarnings("unchecked")
        List<T> longer = (List<T>) List.of(all);
        return longer;
    }
}
