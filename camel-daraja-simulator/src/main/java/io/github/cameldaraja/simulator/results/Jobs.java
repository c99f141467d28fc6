package io.github.cameldaraja.simulator.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All accepted requests, found by their ids; guarded by {@link ResultDesk}.
 */
final class Jobs {

    private final List<Job> all = new ArrayList<>();
    private final Map<String, Job> byOriginator = new HashMap<>();
    private final Map<String, Job> byConversation = new HashMap<>();
    private final Map<String, Job> byTransaction = new HashMap<>();

    void add(Job job) {
        all.add(job);
        byOriginator.put(job.originatorConversationId(), job);
        byConversation.put(job.conversationId(), job);
    }

    /** Remembers what was told as its TransactionID; of those that were told the same, the first one. */
    void concluded(Job job) {
        byTransaction.putIfAbsent(job.outcome().transactionId(), job);
    }

    /** In the order of acceptance. */
    List<Job> all() {
        return List.copyOf(all);
    }

    boolean contains(Job job) {
        return byConversation.get(job.conversationId()) == job;
    }

    Optional<Job> byOriginator(String id) {
        return Optional.ofNullable(byOriginator.get(id));
    }

    /** By either of the two ids. */
    Optional<Job> byEither(String id) {
        return Optional.ofNullable(byConversation.get(id)).or(() -> byOriginator(id));
    }

    /** By what was told as TransactionID. */
    Optional<Job> byTransaction(String id) {
        return Optional.ofNullable(byTransaction.get(id));
    }

    void clear() {
        all.clear();
        byOriginator.clear();
        byConversation.clear();
        byTransaction.clear();
    }
}
