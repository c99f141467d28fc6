package io.github.cameldaraja.examples.chaos;

import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.FaultPlan;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.TokenFault;
import java.util.function.IntPredicate;

/** A plan that notices when a request for money has arrived, and is not answered yet. */
final class Sent implements FaultPlan {

    private final FaultPlan plan;
    private volatile IntPredicate trap = number -> false;

    Sent(FaultPlan plan) {
        this.plan = plan;
    }

    /**
     * What happens when a push or a payout has arrived, on the simulator's thread: it is accepted when that returns.
     *
     * @param happens with the number of the order; says whether it has happened
     */
    void once(IntPredicate happens) {
        trap = happens;
    }

    void disarm() {
        trap = number -> false;
    }

    @Override
    public Script push(String phone, int attempt) {
        arrived(phone);
        return plan.push(phone, attempt);
    }

    @Override
    public ResultScript request(ResultApi api, String receiver, String party, int attempt) {
        if (api == ResultApi.B2C || api == ResultApi.POCHI) {
            arrived(party);
        }
        return plan.request(api, receiver, party, attempt);
    }

    @Override
    public QueryFault query(String phone, int attempt) {
        return plan.query(phone, attempt);
    }

    @Override
    public ConfirmationScript confirmation(String phone, int attempt) {
        return plan.confirmation(phone, attempt);
    }

    @Override
    public TokenFault token(int attempt) {
        return plan.token(attempt);
    }

    @Override
    public RequestFault pull(int attempt) {
        return plan.pull(attempt);
    }

    private void arrived(String phone) {
        if (phone != null && trap.test((int) (Long.parseLong(phone) - Long.parseLong(Payment.phone(0))))) {
            disarm();
        }
    }
}
