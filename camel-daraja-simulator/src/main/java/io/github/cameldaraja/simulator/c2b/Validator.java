package io.github.cameldaraja.simulator.c2b;

import java.math.BigDecimal;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Asks the merchant whether a payment is welcome; without an answer in time his registered default holds.
 */
final class Validator {

    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final int OK = 200;

    private final Inside inside;
    private final MessageWriter writer;

    Validator(Inside inside, MessageWriter writer) {
        this.inside = inside;
        this.writer = writer;
    }

    Future<Verdict> ask(Registration merchant, Attempt attempt) {
        inside.counters().increment(C2bCounts.VALIDATIONS);
        Verdict usual = merchant.completes() ? Verdict.COMPLETED : Verdict.CANCELLED;
        Promise<Verdict> verdict = Promise.promise();
        inside.clock().schedule(DEADLINE, () -> {
            if (verdict.tryComplete(usual)) {
                inside.counters().increment(C2bCounts.VALIDATION_TIMEOUTS);
            }
        });
        Callback question = inside.callbacks().write(merchant.validationUrl(),
                inside.json().write(writer.validation(merchant.version(), attempt)), merchant.shortCode());
        inside.callbacks().send(question).onSuccess(reply -> verdict.tryComplete(read(reply, usual)));
        return verdict.future();
    }

    private Verdict read(Reply reply, Verdict usual) {
        ObjectNode answer = reply.status() == OK ? inside.json().readObject(reply.body()) : null;
        JsonNode code = answer == null ? null : answer.get("ResultCode");
        if (code == null || !code.isValueNode() || code.asText().isBlank()) {
            return usual;
        }
        boolean accepted = isZero(code.asText().trim());
        if (!accepted) {
            inside.counters().increment(C2bCounts.VALIDATION_REFUSALS);
        }
        return new Verdict(accepted, code.asText().trim(), answer.path("ThirdPartyTransID").asText(""));
    }

    private static boolean isZero(String code) {
        try {
            return new BigDecimal(code).signum() == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
