package io.github.cameldaraja.examples.chaos.node;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between Safaricom and the nodes, at the level of TCP: each connection goes to the next node in turn, or to the one after if
 * that one does not listen. One that breaks later is broken to Safaricom, too.
 */
public final class Balancer implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final NetServer server;
    private final NetClient client;
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong unheard = new AtomicLong();

    /**
     * @param ports where nodes listen
     */
    public Balancer(Vertx vertx, List<Integer> ports) {
        this.ports = List.copyOf(ports);
        client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(2_000).setTcpNoDelay(true));
        server = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0).setAcceptBacklog(1024).setTcpNoDelay(true))
                .connectHandler(this::accept);
        server.listen().toCompletionStage().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Connections that no node has taken. */
    public long unheard() {
        return unheard.get();
    }

    private void accept(NetSocket caller) {
        caller.pause();
        connect(caller, Math.floorMod(turn.getAndIncrement(), ports.size()), 0);
    }

    private void connect(NetSocket caller, int node, int tried) {
        if (tried == ports.size()) {
            unheard.incrementAndGet();
            caller.close();
            return;
        }
        client.connect(ports.get(node), "127.0.0.1")
                .onSuccess(called -> join(caller, called))
                .onFailure(refused -> connect(caller, (node + 1) % ports.size(), tried + 1));
    }

    private static void join(NetSocket one, NetSocket other) {
        one.exceptionHandler(e -> other.close());
        other.exceptionHandler(e -> one.close());
        one.closeHandler(closed -> other.close());
        other.closeHandler(closed -> one.close());
        one.pipeTo(other);
        other.pipeTo(one);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
