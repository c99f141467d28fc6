package io.github.cameldaraja.simulator.ratiba;

import java.util.ArrayList;
import java.util.List;

import io.github.cameldaraja.simulator.StandingOrder;
import io.github.cameldaraja.simulator.StandingOrder.Status;

/**
 * A standing order; its changing parts are guarded by {@link OrderDesk}.
 */
final class Order {

    private final String id;
    private final OrderRequest request;
    private final OrderPlan plan;
    private final List<String> receipts = new ArrayList<>();
    private Status status = Status.PENDING;
    private String code;
    private int missed;

    Order(String id, OrderRequest request, OrderPlan plan) {
        this.id = id;
        this.request = request;
        this.plan = plan;
    }

    String id() {
        return id;
    }

    OrderRequest request() {
        return request;
    }

    OrderPlan plan() {
        return plan;
    }

    Status status() {
        return status;
    }

    String code() {
        return code;
    }

    void conclude(String result) {
        code = result;
        status = "0".equals(result) ? Status.ACTIVE : Status.FAILED;
    }

    void end(Status last) {
        status = last;
    }

    void paid(String receipt) {
        receipts.add(receipt);
    }

    void missed() {
        missed++;
    }

    StandingOrder view() {
        return new StandingOrder(id, request.name(), request.phone(), request.shortCode(), request.amount(),
                request.reference(), request.frequency(), request.start(), request.end(), status, code,
                List.copyOf(receipts), missed);
    }
}
