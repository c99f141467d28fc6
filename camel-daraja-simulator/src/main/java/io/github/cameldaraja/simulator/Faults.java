package io.github.cameldaraja.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The scripts of what is to happen, good or bad.
 *
 * <p>A push follows the first of: a script queued once for its phone, a script queued for the next push, the lasting
 * script of its phone, the fate of a documented test number, the default (the customer pays if he can).
 */
public final class Faults {

    private final boolean handset;
    private final TestNumbers testNumbers = new TestNumbers();
    private final Deque<Script> next = new ArrayDeque<>();
    private final Map<String, Deque<Script>> once = new HashMap<>();
    private final Map<String, Script> lasting = new HashMap<>();
    private final Deque<QueryFault> queries = new ArrayDeque<>();
    private final Deque<TokenFault> tokens = new ArrayDeque<>();
    private int spuriousNth;
    private int concludedQueries;

    Faults(boolean handset) {
        this.handset = handset;
    }

    /** The next push that comes in follows this script; several calls queue up. */
    public synchronized void nextPush(Script script) {
        next.add(Objects.requireNonNull(script));
    }

    /** All pushes to this phone follow this script until the next reset. */
    public synchronized void forPhone(String phone, Script script) {
        lasting.put(phone, Objects.requireNonNull(script));
    }

    /** The next push to this phone follows this script; several calls queue up. */
    public synchronized void forPhoneOnce(String phone, Script script) {
        once.computeIfAbsent(phone, any -> new ArrayDeque<>()).add(Objects.requireNonNull(script));
    }

    /** The next STK query meets this fault; several calls queue up. */
    public synchronized void nextQuery(QueryFault fault) {
        queries.add(Objects.requireNonNull(fault));
    }

    /** Every n-th query of a concluded push is told "The transaction does not Exist"; 0 switches it off. */
    public synchronized void spuriousQueries(int everyNth) {
        spuriousNth = everyNth;
        concludedQueries = 0;
    }

    /** The next token request meets this fault; several calls queue up. */
    public synchronized void nextToken(TokenFault fault) {
        tokens.add(Objects.requireNonNull(fault));
    }

    /** The script that a push to this phone would follow now. */
    synchronized Script peek(String phone) {
        Deque<Script> queued = once.get(phone);
        if (queued != null && !queued.isEmpty()) {
            return queued.peek();
        }
        if (!next.isEmpty()) {
            return next.peek();
        }
        return permanent(phone);
    }

    /** Uses up the script that {@link #peek} showed. */
    synchronized void take(String phone) {
        Deque<Script> queued = once.get(phone);
        if (queued != null && !queued.isEmpty()) {
            queued.poll();
        } else {
            next.poll();
        }
    }

    /** Puts a script before all others of that phone. */
    synchronized void putBack(String phone, Script script) {
        once.computeIfAbsent(phone, any -> new ArrayDeque<>()).addFirst(script);
    }

    synchronized QueryFault takeQuery() {
        return queries.poll();
    }

    synchronized TokenFault takeToken() {
        return tokens.poll();
    }

    /** Counts a query of a concluded push and tells whether this one is lied to. */
    synchronized boolean spuriousNow() {
        return spuriousNth > 0 && ++concludedQueries % spuriousNth == 0;
    }

    TestNumbers testNumbers() {
        return testNumbers;
    }

    synchronized void reset() {
        next.clear();
        once.clear();
        lasting.clear();
        queries.clear();
        tokens.clear();
        spuriousQueries(0);
    }

    private Script permanent(String phone) {
        Script script = lasting.get(phone);
        if (script == null) {
            script = testNumbers.script(phone);
        }
        if (script == null) {
            script = handset ? Script.pays().offeredToHandset() : Script.pays();
        }
        return script;
    }
}
