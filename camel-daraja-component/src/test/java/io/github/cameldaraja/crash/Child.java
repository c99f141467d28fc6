package io.github.cameldaraja.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The hold of this JVM on a program that takes orders, a line each, and says each one when it is done: {@link ChildNode}. */
final class Child implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    /** Starts it, and returns when it listens. */
    static Child started(Class<?> program, String... arguments) {
        Child child = starting(program, arguments);
        child.awaitStart();
        return child;
    }

    /** Starts it; {@link #awaitStart} waits until it listens. */
    static Child starting(Class<?> program, String... arguments) {
        return new Child(program, arguments);
    }

    private Child(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "child");
        reader.setDaemon(true);
        reader.start();
    }

    void awaitStart() {
        await("started");
    }

    /** Lets it do something, and returns when that is done. */
    void order(String line) {
        orders.println(line);
        await(line.split(" ")[0]);
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    private void await(String word) {
        try {
            String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!word.equals(line)) {
                throw new IllegalStateException("not '" + word + "' but: " + line);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            // it is dead
        }
        said.add("(dead)");
    }

    @Override
    public void close() {
        kill();
    }
}
