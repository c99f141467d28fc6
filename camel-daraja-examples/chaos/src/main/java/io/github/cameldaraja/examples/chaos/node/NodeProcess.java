package io.github.cameldaraja.examples.chaos.node;

import io.github.cameldaraja.examples.chaos.plan.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;

/** The hold of the runner on a node: starts it, again and again on the same ports and the same disk, and kills it. Thread safe. */
public final class NodeProcess implements AutoCloseable {

    /** A thread of the node stands still there, until somebody kills it or {@link NodeProcess#disarm}s it. */
    public record Reached(NodeProcess node, Step step, String order) {
    }

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DEAD = "(dead)";

    private final NodeSettings settings;
    private final List<String> options;
    private final Consumer<Reached> listener;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile Process process;
    private volatile PrintStream orders;
    private volatile BlockingQueue<String> said;

    /**
     * @param name         one word
     * @param databaseUrl  {@link Postgres#url}
     * @param safaricomUrl the simulator's
     * @param callbackUrl  {@link Balancer#url}
     * @param clockFile    {@link ClockFile#file}
     * @param directory    of its own
     * @param callbackPort {@link FreePort#find}: the balancer knows it first
     * @param pullEvery    how often it looks into the statement, in real time
     * @param options      for the JVM, {@code -Dwithout=dedupe} for instance
     * @param listener     is told, on a thread that it may keep, that the node has reached a step that it was armed for
     */
    public NodeProcess(String name, String databaseUrl, String safaricomUrl, String callbackUrl, Path clockFile, Path directory,
                       int callbackPort, Duration pullEvery, List<String> options, Consumer<Reached> listener) {
        this.settings = new NodeSettings(name, databaseUrl, safaricomUrl, callbackUrl, clockFile, directory, pullEvery, FreePort.find(),
                callbackPort);
        this.options = List.copyOf(options);
        this.listener = listener;
    }

    public String name() {
        return settings.name();
    }

    /** Where clients post orders, at {@code /orders}. */
    public int ordersPort() {
        return settings.ordersPort();
    }

    /** Where it hears Safaricom. */
    public int callbackPort() {
        return settings.callbackPort();
    }

    /** How often it was started. */
    public int starts() {
        return starts.get();
    }

    /** What it has logged in all its lives. */
    public Path log() {
        return settings.directory().resolve(settings.name() + ".log");
    }

    public long pid() {
        return process.pid();
    }

    /** Starts it; {@link #awaitStart} waits until it works. */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("node " + name() + " runs");
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto",
                "-Djava.awt.headless=true", "-Dlog4j2.configurationFile=log4j2-node.properties", "-javaagent:" + agent()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChaosNode.class.getName()));
        command.addAll(settings.arguments());
        try {
            Files.createDirectories(settings.directory());
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        starts.incrementAndGet();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        said = lines;
        Process child = process;
        daemon("node " + name(), () -> read(child, lines));
    }

    /** Returns when it works; if it has died by itself meanwhile, because there is no database for instance, it is started again. */
    public void awaitStart() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!await("started", end)) {
            // its output ends a moment before it does
            int code = process.onExit().join().exitValue();
            if (code != ChaosNode.TRY_AGAIN) {
                throw new IllegalStateException("node " + name() + " ended with " + code + " while it started; see " + log());
            }
            start();
        }
    }

    /** Lets it tell Safaricom where confirmations go, and open the statement. */
    public void register() {
        order("register");
    }

    /** The first payment of an order with that number, or a later one, that reaches the step in this node stands still there. */
    public void arm(Step step, int from) {
        order("arm " + step + ' ' + from);
    }

    /** Nobody stands still any more; who does goes on. */
    public void disarm() {
        order("disarm");
    }

    public boolean isAlive() {
        Process now = process;
        return now != null && now.isAlive();
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    public void kill() {
        Process now = process;
        if (now != null) {
            now.destroyForcibly().onExit().join();
        }
    }

    private synchronized void order(String line) {
        orders.println(line);
        if (!await(line.split(" ")[0], System.nanoTime() + PATIENCE.toNanos())) {
            throw new IllegalStateException("node " + name() + " died before it did: " + line);
        }
    }

    // false if it is dead
    private boolean await(String word, long end) {
        BlockingQueue<String> lines = said;
        try {
            String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (DEAD.equals(line)) {
                // for whoever asks next
                lines.add(DEAD);
                return false;
            }
            if (!word.equals(line)) {
                throw new IllegalStateException("node " + name() + " did not say '" + word + "' but: " + line + "; see " + log());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read(Process child, BlockingQueue<String> lines) {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(ChaosNode.SAID)) {
                    hear(line.substring(ChaosNode.SAID.length()), lines);
                }
            }
        } catch (IOException e) {
            // it is dead
        }
        lines.add(DEAD);
    }

    private void hear(String line, BlockingQueue<String> lines) {
        String[] words = line.split(" ");
        if (words[0].equals("reached")) {
            Reached reached = new Reached(this, Step.valueOf(words[1]), words[2]);
            daemon("reached " + reached.order(), () -> listener.accept(reached));
        } else {
            lines.add(line);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static String agent() {
        try {
            return Path.of(ByteBuddyAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
