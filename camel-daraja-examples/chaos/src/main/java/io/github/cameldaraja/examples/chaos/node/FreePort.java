package io.github.cameldaraja.examples.chaos.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that stay the same while who listens there is killed and started again. */
public final class FreePort {

    // below those that systems give to connections by themselves: these could take it meanwhile
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;

    private FreePort() {
    }

    public static int find() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken
            }
        }
        throw new IllegalStateException("no port is free");
    }
}
