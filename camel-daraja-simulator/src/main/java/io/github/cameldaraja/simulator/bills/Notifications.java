package io.github.cameldaraja.simulator.bills;

import java.time.Duration;
import java.util.Collections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.CallbackFate;
import io.github.cameldaraja.simulator.wire.FaultQueue;
import io.github.cameldaraja.simulator.wire.Reply;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Tells billers of payments: up to five attempts, a minute apart, until one is answered as documented.
 */
final class Notifications {

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final String SUCCESS = "200";

    private final Inside inside;
    private final FaultQueue<CallbackFate> fates;

    Notifications(Inside inside, FaultQueue<CallbackFate> fates) {
        this.inside = inside;
        this.fates = fates;
    }

    void tell(Biller biller, LedgerEntry payment) {
        CallbackFate queued = fates.take();
        CallbackFate fate = queued == null ? CallbackFate.USUAL : queued;
        if (fate.delivery().times() == 0) {
            return;
        }
        Callback callback = inside.callbacks().write(biller.callbackUrl(),
                fate.dress(write(biller, payment), inside.json()), biller.shortCode());
        inside.clock().schedule(inside.settings().answerDelay().plus(fate.delivery().after()),
                () -> attempt(callback, 1, fate.delivery().times()));
    }

    private void attempt(Callback callback, int number, int times) {
        inside.counters().increment("bills.notifications");
        inside.callbacks().send(callback).onSuccess(reply -> {
            if (callback.epoch() == inside.recorder().epoch()) {
                replied(callback, reply, number, times);
            }
        });
    }

    private void replied(Callback callback, Reply reply, int number, int times) {
        if (isSuccess(reply)) {
            inside.counters().increment("bills.acknowledged");
            inside.callbacks().sendAll(Collections.nCopies(times - 1, callback));
        } else if (number == ATTEMPTS) {
            inside.counters().increment("bills.givenUp");
        } else {
            inside.clock().schedule(PAUSE, () -> attempt(callback, number + 1, times));
        }
    }

    private boolean isSuccess(Reply reply) {
        if (reply.status() != 200) {
            return false;
        }
        JsonNode body = inside.json().readObject(reply.body());
        return body != null && SUCCESS.equals(body.path("rescode").asText());
    }

    private ObjectNode write(Biller biller, LedgerEntry payment) {
        return inside.json().object()
                .put("transactionId", payment.receipt())
                .put("paidAmount", payment.amount().toPlainString())
                .put("msisdn", payment.payerPhone())
                .put("dateCreated", payment.at().atZone(Times.NAIROBI).toLocalDate().toString())
                .put("accountReference", payment.accountReference())
                .put("shortCode", biller.shortCode());
    }
}
