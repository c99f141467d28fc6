package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A consumer of pushes, of all accounts, for tests. */
public class TestSubscriber implements Subscriber {

    private final Interest interest;
    private final Function<Outcome, Taken> route;

    public TestSubscriber(String group, Function<Outcome, Taken> route) {
        this(new Interest(group, "stkPush", null), route);
    }

    public TestSubscriber(Interest interest, Function<Outcome, Taken> route) {
        this.interest = interest;
        this.route = route;
    }

    @Override
    public Interest interest() {
        return interest;
    }

    @Override
    public boolean isTaking() {
        return true;
    }

    @Override
    public CompletableFuture<Taken> take(Delivery delivery) {
        return CompletableFuture.completedFuture(route.apply(delivery.outcome()));
    }
}
