package io.github.cameldaraja.simulator.stk;

import java.util.NoSuchElementException;

import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.CallbackSender;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.Tally;
import io.vertx.core.Future;

/**
 * M-Pesa Express: STK push and query.
 */
public final class StkFamily implements Family {

    /** Where pushes are received. */
    public static final String PUSH_PATH = "/mpesa/stkpush/v1/processrequest";
    /** Where queries are received. */
    public static final String QUERY_PATH = "/mpesa/stkpushquery/v1/query";

    private final Json json;
    private final CallbackSender callbacks;
    private final Fates fates;
    private final QueryFaults queryFaults;
    private final Tally prompts;
    private final QueryLimit limit;
    private final PushDesk desk;
    private final PushEndpoint push;
    private final QueryEndpoint query;

    /** With the given plans; counts the prompts of each phone. */
    public StkFamily(Inside inside, Fates fates, QueryFaults queryFaults, Tally prompts) {
        this.json = inside.json();
        this.callbacks = inside.callbacks();
        this.fates = fates;
        this.queryFaults = queryFaults;
        this.prompts = prompts;
        this.limit = new QueryLimit(inside.settings().queryLimit(), inside.clock());
        MerchantCheck merchant = new MerchantCheck(inside.settings().credentials(), inside.answers());
        this.desk = new PushDesk(inside, merchant, fates, prompts);
        this.push = new PushEndpoint(inside, desk);
        this.query = new QueryEndpoint(inside, desk, merchant, queryFaults, limit);
    }

    @Override
    public void mount(Paths paths) {
        paths.post(PUSH_PATH, push::handle);
        paths.post(QUERY_PATH, query::handle);
    }

    @Override
    public void control(ControlPaths paths) {
        paths.postLater("/callbacks/:id/resend", call -> resend(call.parameter("id"))
                .map(status -> json.object().put("status", status)));
    }

    @Override
    public void reset() {
        desk.reset();
        fates.reset();
        queryFaults.reset();
        limit.reset();
        prompts.reset();
    }

    /** Those who wait for their customers. */
    public PushDesk desk() {
        return desk;
    }

    /**
     * Sends the callback of a concluded push again; fails with {@link NoSuchElementException} for an unknown push and
     * with {@link IllegalStateException} while it is pending.
     */
    public Future<Integer> resend(String checkoutRequestId) {
        Push found = desk.find(checkoutRequestId).orElse(null);
        if (found == null) {
            return Future.failedFuture(new NoSuchElementException("no such push: " + checkoutRequestId));
        }
        Callback callback = found.callback();
        if (callback == null) {
            return Future.failedFuture(new IllegalStateException("still pending: " + checkoutRequestId));
        }
        return callbacks.send(callback).map(reply -> reply.status());
    }
}
