package io.github.cameldaraja.simulator.ratiba;

import java.util.List;

import io.github.cameldaraja.simulator.StandingOrder;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * M-Pesa Ratiba.
 */
public final class RatibaFamily implements Family {

    /** Where standing orders are asked for. */
    public static final String PATH = "/standingorder/v1/createStandingOrderExternal";

    private final OrderPlans plans = new OrderPlans();
    private final RequestFaults faults;
    private final OrderDesk desk;
    private final CreateEndpoint create;

    public RatibaFamily(Inside inside) {
        faults = new RequestFaults(inside, TokenRefusal.STK);
        desk = new OrderDesk(inside, new Merchant(inside.settings().credentials()), plans);
        create = new CreateEndpoint(inside, desk, faults);
    }

    @Override
    public void mount(Paths paths) {
        paths.post(PATH, create::handle);
    }

    @Override
    public void reset() {
        desk.reset();
        plans.reset();
        faults.reset();
    }

    /** What is to become of requests. */
    public OrderPlans plans() {
        return plans;
    }

    /** What is to go wrong with requests. */
    public RequestFaults faults() {
        return faults;
    }

    /** All standing orders, also those that never came about. */
    public List<StandingOrder> all() {
        return desk.all();
    }

    /** The customer cancels one. */
    public void cancel(String id) {
        desk.cancel(id);
    }
}
