package io.github.cameldaraja.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often things happened since the start or the last reset.
 */
public final class Counters {

    private final AtomicInteger tokenCalls = new AtomicInteger();
    private final AtomicInteger pushes = new AtomicInteger();
    private final AtomicInteger acceptedPushes = new AtomicInteger();
    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicInteger callbacksSent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Map<String, AtomicInteger> prompts = new ConcurrentHashMap<>();

    Counters() {
    }

    /** Token requests, answered well or not. */
    public int tokenCalls() {
        return tokenCalls.get();
    }

    /** Push requests received. */
    public int pushes() {
        return pushes.get();
    }

    /** Pushes that were accepted, whatever the HTTP answer said. */
    public int acceptedPushes() {
        return acceptedPushes.get();
    }

    /** STK queries received. */
    public int queries() {
        return queries.get();
    }

    /** Callbacks sent, repeats included. */
    public int callbacksSent() {
        return callbacksSent.get();
    }

    /** Pushes that were not accepted. */
    public int refused() {
        return refused.get();
    }

    /** Prompts that a phone has shown. */
    public int prompts(String phone) {
        AtomicInteger count = prompts.get(phone);
        return count == null ? 0 : count.get();
    }

    void tokenCall() {
        tokenCalls.incrementAndGet();
    }

    void push() {
        pushes.incrementAndGet();
    }

    void accepted() {
        acceptedPushes.incrementAndGet();
    }

    void query() {
        queries.incrementAndGet();
    }

    void callbackSent() {
        callbacksSent.incrementAndGet();
    }

    void refusal() {
        refused.incrementAndGet();
    }

    void prompt(String phone) {
        prompts.computeIfAbsent(phone, any -> new AtomicInteger()).incrementAndGet();
    }

    void reset() {
        tokenCalls.set(0);
        pushes.set(0);
        acceptedPushes.set(0);
        queries.set(0);
        callbacksSent.set(0);
        refused.set(0);
        prompts.clear();
    }
}
