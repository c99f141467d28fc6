package io.github.cameldaraja.transaction;

import io.github.cameldaraja.transaction.FailingRepository.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An outbox whose ground gives way at {@link Step#DELIVER}. */
record FailingOutbox(Outbox inner, Set<Step> broken) implements Outbox {

    @Override
    public CompletableFuture<Delivery> raise(Delivery alert) {
        return at(() -> inner.raise(alert));
    }

    @Override
    public CompletableFuture<Void> alive(Node node, Instant until) {
        return at(() -> inner.alive(node, until));
    }

    @Override
    public CompletableFuture<Void> leave(Node node) {
        return at(() -> inner.leave(node));
    }

    @Override
    public CompletableFuture<Void> remember(String application, Collection<Interest> interests, Instant now) {
        return at(() -> inner.remember(application, interests, now));
    }

    @Override
    public CompletableFuture<Set<Interest>> interests(String application, Instant since) {
        return at(() -> inner.interests(application, since));
    }

    @Override
    public CompletableFuture<Integer> forget(String application, String group) {
        return at(() -> inner.forget(application, group));
    }

    @Override
    public CompletableFuture<List<Delivery>> claim(Node node, Collection<Interest> interests, Instant now, int limit) {
        return at(() -> inner.claim(node, interests, now, limit));
    }

    @Override
    public CompletableFuture<List<Delivery>> heldBy(Node node) {
        return at(() -> inner.heldBy(node));
    }

    @Override
    public CompletableFuture<List<Delivery>> share(Delivery held, Set<String> groups) {
        return at(() -> inner.share(held, groups));
    }

    @Override
    public CompletableFuture<Boolean> replace(Delivery held, Delivery after) {
        return at(() -> inner.replace(held, after));
    }

    @Override
    public CompletableFuture<List<Delivery>> parked(String application, int limit) {
        return at(() -> inner.parked(application, limit));
    }

    @Override
    public CompletableFuture<Boolean> release(Delivery.Id parked, Instant now) {
        return at(() -> inner.release(parked, now));
    }

    @Override
    public CompletableFuture<OutboxCounts> count(String application, Instant now) {
        return at(() -> inner.count(application, now));
    }

    private <T> CompletableFuture<T> at(Supplier<CompletableFuture<T>> work) {
        return FailingRepository.at(broken, Step.DELIVER, work);
    }
}
