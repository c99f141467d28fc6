package io.github.cameldaraja.simulator;

import io.github.cameldaraja.simulator.stk.Fates;
import io.github.cameldaraja.simulator.stk.QueryFaults;
import io.github.cameldaraja.simulator.wire.FaultQueue;

/**
 * The scripts of what is to happen, good or bad.
 *
 * <p>A push follows the first of: a script queued once for its phone, a script queued for the next push, the lasting
 * script of its phone, the fate of a documented test number, the default (the customer pays if he can).
 */
public final class Faults {

    private final Fates fates;
    private final QueryFaults queries;
    private final FaultQueue<TokenFault> tokens;

    Faults(Fates fates, QueryFaults queries, FaultQueue<TokenFault> tokens) {
        this.fates = fates;
        this.queries = queries;
        this.tokens = tokens;
    }

    /** The next push that comes in follows this script; several calls queue up. */
    public void nextPush(Script script) {
        fates.next(script.fate());
    }

    /** All pushes to this phone follow this script until the next reset. */
    public void forPhone(String phone, Script script) {
        fates.forPhone(phone, script.fate());
    }

    /** The next push to this phone follows this script; several calls queue up. */
    public void forPhoneOnce(String phone, Script script) {
        fates.forPhoneOnce(phone, script.fate());
    }

    /** The next STK query meets this fault; several calls queue up. */
    public void nextQuery(QueryFault fault) {
        queries.next(fault);
    }

    /** Every n-th query of a concluded push is told "The transaction does not Exist"; 0 switches it off. */
    public void spuriousQueries(int everyNth) {
        queries.spurious(everyNth);
    }

    /** The next token request meets this fault; several calls queue up. */
    public void nextToken(TokenFault fault) {
        tokens.add(fault);
    }
}
