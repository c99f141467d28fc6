package io.github.cameldaraja.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Passes bytes between a port of its own and another one, until it is cut; what is open then is reset. */
final class Wire implements AutoCloseable {

    /** What is done with the answer to a request: it is passed on when this is done. */
    private record Trap(String text, CompletableFuture<Void> caught, CompletableFuture<Void> passing) {
    }

    private final ServerSocket server;
    private final IntSupplier target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Set<Integer> cut = ConcurrentHashMap.newKeySet();
    private volatile Trap trap;

    /**
     * @param target where it leads to now
     */
    Wire(IntSupplier target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The port it leads to now. */
    int target() {
        return target.getAsInt();
    }

    /** Nothing comes from that port or gets there any more. */
    void cut(int port) {
        cut.add(port);
        lines.stream().filter(line -> line.port == port).forEach(Line::reset);
    }

    /**
     * Keeps back the answer to the next request that contains the text.
     *
     * @param passing when this is done, the answer is passed on
     * @return done when the answer is there
     */
    CompletableFuture<Void> holdAnswerTo(String text, CompletableFuture<Void> passing) {
        Trap next = new Trap(text, new CompletableFuture<>(), passing);
        trap = next;
        return next.caught();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void connect(Socket client) {
        int port = target.getAsInt();
        Socket there = null;
        try {
            if (!cut.contains(port)) {
                there = new Socket(InetAddress.getLoopbackAddress(), port);
            }
        } catch (IOException e) {
            // nobody listens
        }
        Line line = new Line(port, client, there);
        lines.add(line);
        if (there == null || cut.contains(port)) {
            line.reset();
            return;
        }
        threads.execute(line::answers);
        line.requests();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(Line::reset);
        threads.shutdownNow();
    }

    private final class Line {

        private final int port;
        private final Socket client;
        private final Socket there;
        private volatile Trap caught;

        private Line(int port, Socket client, Socket there) {
            this.port = port;
            this.client = client;
            this.there = there;
        }

        private void requests() {
            pump(client, there, text -> {
                Trap set = trap;
                if (set != null && text.contains(set.text())) {
                    trap = null;
                    caught = set;
                }
            });
        }

        private void answers() {
            pump(there, client, text -> {
                Trap set = caught;
                if (set != null) {
                    caught = null;
                    set.caught().complete(null);
                    set.passing().join();
                }
            });
        }

        private void pump(Socket from, Socket to, Consumer<String> look) {
            byte[] bytes = new byte[16_384];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    look.accept(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
                    out.write(bytes, 0, read);
                    out.flush();
                }
                to.shutdownOutput();
            } catch (IOException e) {
                reset();
            } finally {
                if (client.isOutputShutdown() && there.isOutputShutdown()) {
                    reset();
                }
            }
        }

        private void reset() {
            lines.remove(this);
            reset(client);
            if (there != null) {
                reset(there);
            }
        }

        private void reset(Socket socket) {
            try {
                if (!socket.isOutputShutdown() && !socket.isClosed()) {
                    // no goodbye
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException e) {
                // it is gone
            }
        }
    }
}
