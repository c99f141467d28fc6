package io.github.cameldaraja.examples.chaos;

import io.github.cameldaraja.examples.chaos.audit.Excuses;
import io.github.cameldaraja.examples.chaos.plan.Fate;
import io.github.cameldaraja.examples.chaos.plan.Plan;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * What excuses an order: that the plan has kept all true words from the application, or that the plan did most of it and a kill the rest.
 *
 * @param struck   whether that order was under way when somebody was killed, or the database was away
 * @param received how many of its requests have arrived at Safaricom
 * @param sent     whether a request for the payment with that reference has arrived at Safaricom
 * @param unheard  whether the connection broke under one of its callbacks
 */
record PlannedExcuses(Plan plan, IntPredicate struck, IntUnaryOperator received, Predicate<String> sent,
                      IntPredicate unheard) implements Excuses {

    private static final String STRUCK = ", and it was under way when somebody was killed";

    @Override
    public Optional<String> of(int number) {
        Fate fate = plan.fate(number);
        Optional<String> planned = fate.mayStayOpen();
        if (planned.isPresent()) {
            return planned;
        }
        boolean isStruck = struck.test(number);
        if (unheard.test(number) && (isStruck || !fate.decisive().answer().tells())) {
            return fate.mayStayOpenIfNobodyHears();
        }
        if (!isStruck) {
            return Optional.empty();
        }
        int arrived = received.applyAsInt(number);
        Optional<String> lost = arrived == 0 ? fate.mayStayOpenIfNeverSent()
                : fate.mayStayOpenIfRefusalIsLost(arrived - 1).or(fate::mayStayOpenIfAcknowledgementIsLost);
        return lost.map(why -> why + STRUCK);
    }

    @Override
    public Optional<String> of(int number, String reference) {
        return struck.test(number) && !sent.test(reference) ? plan.fate(number).mayStayOpenIfNeverSent()
                .map(why -> why + STRUCK) : Optional.empty();
    }

    @Override
    public Optional<String> contradiction(int number) {
        return plan.fate(number).isContradicted() ? Optional.of("Safaricom has contradicted itself") : Optional.empty();
    }
}
