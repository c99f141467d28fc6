package io.github.cameldaraja.examples.checkout;

import io.github.cameldaraja.api.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;

/** Orders whose first booking fails, as a database may. */
public class ForgetfulOrders extends Orders {

    private final AtomicBoolean failed = new AtomicBoolean();

    @Override
    public Order book(Outcome outcome) {
        if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("the database is away");
        }
        return super.book(outcome);
    }
}
