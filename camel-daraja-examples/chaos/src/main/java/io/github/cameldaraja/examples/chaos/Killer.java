package io.github.cameldaraja.examples.chaos;

import io.github.cameldaraja.examples.chaos.node.Client;
import io.github.cameldaraja.examples.chaos.node.NodeProcess;
import io.github.cameldaraja.examples.chaos.node.Postgres;
import io.github.cameldaraja.examples.chaos.plan.Kill;
import io.github.cameldaraja.examples.chaos.plan.Plan;
import io.github.cameldaraja.examples.chaos.plan.Step;
import java.time.Duration;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Kills whom the plan names at the step that it names, one after the other, and starts him again. */
final class Killer implements Runnable {

    // an order that reaches a step comes soon, or orders have run out
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final List<Kill> kills;
    private final Plan plan;
    private final List<NodeProcess> nodes;
    private final Postgres postgres;
    private final Client client;
    private final Sent sent;
    private final IntSupplier progress;
    private final BlockingQueue<NodeProcess> reached = new LinkedBlockingQueue<>();
    private final BitSet struck = new BitSet();
    private final Map<Step, Integer> byStep = new EnumMap<>(Step.class);
    private volatile int done;
    private int nodeKills;
    private int databaseKills;
    private int stalls;
    private int anywhere;

    /**
     * @param progress how many orders have begun
     */
    Killer(List<Kill> kills, Plan plan, List<NodeProcess> nodes, Postgres postgres, Client client, Sent sent, IntSupplier progress) {
        this.kills = kills;
        this.plan = plan;
        this.nodes = nodes;
        this.postgres = postgres;
        this.client = client;
        this.sent = sent;
        this.progress = progress;
    }

    @Override
    public void run() {
        for (Kill kill : kills) {
            while (progress.getAsInt() <= kill.at()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            switch (kill.target()) {
                case NODE -> killNode(kill);
                case DATABASE -> killDatabase(kill.away());
                case STALL -> stall(kill.away());
            }
            done++;
        }
    }

    /** The order from which on the next one is killed; orders should not run far ahead of it. */
    int next() {
        int next = done;
        return next < kills.size() ? kills.get(next).at() : Integer.MAX_VALUE;
    }

    /** A node stands still at the step that it was armed for. */
    void hears(NodeProcess.Reached at) {
        reached.add(at.node());
    }

    int nodeKills() {
        return nodeKills;
    }

    int databaseKills() {
        return databaseKills;
    }

    int stalls() {
        return stalls;
    }

    /** How many nodes were killed at each step; those that no order reached in time died anywhere. */
    String steps() {
        return byStep + (anywhere == 0 ? "" : ", anywhere " + anywhere);
    }

    /** Whether that order was under way while somebody was killed: what its node knew may be lost with it. */
    synchronized boolean isStruck(int order) {
        return struck.get(order);
    }

    private void killNode(Kill kill) {
        NodeProcess victim = kill.step() == Step.SENT ? atSafaricom(kill.at()) : atStep(kill);
        if (victim == null) {
            anywhere++;
            victim = nodes.get(nodeKills % nodes.size());
            kill(victim);
        } else {
            byStep.merge(kill.step(), 1, Integer::sum);
        }
        nodeKills++;
        victim.start();
        victim.awaitStart();
    }

    private NodeProcess atStep(Kill kill) {
        nodes.forEach(node -> node.arm(kill.step(), kill.at()));
        NodeProcess victim = await(reached);
        if (victim != null) {
            kill(victim);
        }
        NodeProcess dead = victim;
        nodes.stream().filter(node -> node != dead).forEach(NodeProcess::disarm);
        // the other one may have reached it as well, and goes on
        reached.clear();
        return victim;
    }

    // the simulator has the request, and answers when its sender is dead
    private NodeProcess atSafaricom(int from) {
        BlockingQueue<NodeProcess> dead = new LinkedBlockingQueue<>();
        sent.once(number -> {
            OptionalInt node = client.node(number);
            if (number < from || node.isEmpty() || plan.payment(number).twice()) {
                return false;
            }
            NodeProcess victim = nodes.get(node.getAsInt());
            kill(victim);
            dead.add(victim);
            return true;
        });
        NodeProcess victim = await(dead);
        sent.disarm();
        // it may have come to that between the two
        return victim == null ? dead.poll() : victim;
    }

    private void kill(NodeProcess victim) {
        victim.kill();
        strike();
    }

    private void killDatabase(Duration away) {
        databaseKills++;
        postgres.kill();
        strike();
        LockSupport.parkNanos(away.toNanos());
        strike();
        postgres.start();
    }

    private void stall(Duration away) {
        stalls++;
        postgres.stall();
        LockSupport.parkNanos(away.toNanos());
        strike();
        postgres.resume();
    }

    private synchronized void strike() {
        client.underWay().forEach(struck::set);
    }

    private static NodeProcess await(BlockingQueue<NodeProcess> queue) {
        try {
            return queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
