package io.github.cameldaraja.simulator.results;

import java.time.Instant;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.wire.Callback;

/**
 * An accepted request; its changing parts are guarded by {@link ResultDesk}.
 */
final class Job {

    private final Service service;
    private final Request request;
    private final ResultFate fate;
    private final String originatorConversationId;
    private final String conversationId;
    private final Instant acceptedAt;
    private Outcome outcome;
    private Callback callback;

    Job(Service service, Request request, ResultFate fate, String originatorConversationId, String conversationId,
            Instant acceptedAt) {
        this.service = service;
        this.request = request;
        this.fate = fate;
        this.originatorConversationId = originatorConversationId;
        this.conversationId = conversationId;
        this.acceptedAt = acceptedAt;
    }

    Service service() {
        return service;
    }

    ResultApi api() {
        return service.api();
    }

    Request request() {
        return request;
    }

    ResultFate fate() {
        return fate;
    }

    String originatorConversationId() {
        return originatorConversationId;
    }

    String conversationId() {
        return conversationId;
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    boolean pending() {
        return outcome == null;
    }

    /** Null while pending. */
    Outcome outcome() {
        return outcome;
    }

    /** Null while pending. */
    Callback callback() {
        return callback;
    }

    void conclude(Outcome how) {
        outcome = how;
    }

    void keepCallback(Callback written) {
        callback = written;
    }
}
