package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Interest;
import io.github.cameldaraja.transaction.Node;
import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.OutboxCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The outbox in the payments' own database. */
final class JdbcOutbox implements Outbox {

    private final Workers workers;
    private final Workers prompt;
    private final Supplier<DeliveryTable> deliveries;
    private final AlertTable alerts = new AlertTable();
    private final NodeTable nodes = new NodeTable();
    private final InterestTable interests = new InterestTable();

    /**
     * @param prompt     does what must not wait behind everything else
     * @param deliveries known once the repository runs
     */
    JdbcOutbox(Workers workers, Workers prompt, Supplier<DeliveryTable> deliveries) {
        this.workers = workers;
        this.prompt = prompt;
        this.deliveries = deliveries;
    }

    @Override
    public CompletableFuture<Delivery> raise(Delivery alert) {
        return workers.submit(session -> alerts.insert(session, alert.reference(), alert.since())
                ? deliveries.get().insert(session, alert) : null);
    }

    @Override
    public CompletableFuture<Void> alive(Node node, Instant until) {
        return prompt.submit(session -> {
            nodes.alive(session, node, until);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> leave(Node node) {
        return workers.submit(session -> {
            deliveries.get().free(session, node);
            nodes.leave(session, node);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> remember(String application, Collection<Interest> all, Instant now) {
        return all.isEmpty() ? CompletableFuture.completedFuture(null) : workers.submit(session -> {
            interests.remember(session, application, all, now);
            return null;
        });
    }

    @Override
    public CompletableFuture<Set<Interest>> interests(String application, Instant since) {
        return workers.submit(session -> interests.since(session, application, since));
    }

    @Override
    public CompletableFuture<Integer> forget(String application, String group) {
        return workers.submit(session -> {
            interests.forget(session, application, group);
            return deliveries.get().forget(session, application, group);
        });
    }

    @Override
    public CompletableFuture<List<Delivery>> claim(Node node, Collection<Interest> all, Instant now, int limit) {
        return workers.submit(session -> deliveries.get().claim(session, node, all, now, limit));
    }

    @Override
    public CompletableFuture<List<Delivery>> heldBy(Node node) {
        return workers.submit(session -> deliveries.get().heldBy(session, node));
    }

    @Override
    public CompletableFuture<List<Delivery>> share(Delivery held, Set<String> groups) {
        return workers.share(Turn.delivering(held.id()), session -> {
            List<Delivery> copies = new ArrayList<>();
            if (deliveries.get().remove(session, held)) {
                for (String group : new TreeSet<>(groups)) {
                    copies.add(deliveries.get().insert(session, held.copyFor(group)));
                }
            }
            return copies;
        });
    }

    @Override
    public CompletableFuture<Boolean> replace(Delivery held, Delivery after) {
        return workers.share(Turn.delivering(held.id()), session -> deliveries.get().replace(session, held, after));
    }

    @Override
    public CompletableFuture<List<Delivery>> parked(String application, int limit) {
        return workers.submit(session -> deliveries.get().parked(session, application, limit));
    }

    @Override
    public CompletableFuture<Boolean> release(Delivery.Id parked, Instant now) {
        return workers.share(Turn.delivering(parked), session -> deliveries.get().release(session, parked, now));
    }

    @Override
    public CompletableFuture<OutboxCounts> count(String application, Instant now) {
        return workers.submit(session -> deliveries.get().count(session, application, now));
    }
}
