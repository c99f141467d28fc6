package io.github.cameldaraja.simulator.stk;

import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.wire.Attempts;
import io.github.cameldaraja.simulator.wire.FaultQueue;

/**
 * What is to go wrong with queries.
 */
public final class QueryFaults {

    private final FaultQueue<QueryFault> queue = new FaultQueue<>();
    private final Attempts<String, QueryFault> planned;
    private int spuriousNth;
    private int concludedQueries;

    /** With a plan that comes last. */
    public QueryFaults(Attempts<String, QueryFault> planned) {
        this.planned = planned;
    }

    /** The next query meets this fault. */
    public void next(QueryFault fault) {
        queue.add(fault);
    }

    /** Every n-th query of a concluded push is lied to; 0 switches it off. */
    public synchronized void spurious(int everyNth) {
        spuriousNth = everyNth;
        concludedQueries = 0;
    }

    /**
     * The fault of this query, or null.
     *
     * @param phone whom the push went to that it asks about; null for an unknown one
     */
    QueryFault take(String phone) {
        QueryFault queued = queue.take();
        return queued != null || phone == null ? queued : planned.next(phone);
    }

    /** Counts a query of a concluded push and tells whether this one is lied to. */
    synchronized boolean spuriousNow() {
        return spuriousNth > 0 && ++concludedQueries % spuriousNth == 0;
    }

    void reset() {
        queue.reset();
        spurious(0);
    }
}
