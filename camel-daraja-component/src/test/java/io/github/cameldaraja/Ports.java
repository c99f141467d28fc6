package io.github.cameldaraja;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers of tests that are told theirs before they open it. */
public final class Ports {

    // below those that systems give to connections by themselves: these could take it before the server does
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;

    private Ports() {
    }

    /** One that is free, and that only another test could take. */
    public static int free() {
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
