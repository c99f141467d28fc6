package io.github.cameldaraja.examples.gateway;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own, which can be killed: SIGKILL, without a last word. */
final class Program {

    private static final long LONGEST_STOP_SECONDS = 30;

    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param settings as system properties
     * @param log      is added to
     */
    static Program start(Class<?> main, Map<String, String> settings, Path log, String... args) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // soon there, and soon gone
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dlog4j2.configurationFile=log4j2.properties"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(main.getName());
        command.addAll(List.of(args));
        try {
            return new Program(new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString()))).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port to listen on, below those that outgoing connections get: nobody takes it while the program is dead. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another one
            }
        }
    }

    boolean runs() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** SIGTERM, as Ctrl-C does; whether it ended by itself in good time. */
    boolean stop() {
        process.destroy();
        try {
            return process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private void ended() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
