package io.github.cameldaraja.examples.chaos.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures, for whoever changes settings: how many orders a second, and which process takes the processor. Not a test. */
final class Speed {

    private Speed() {
    }

    /**
     * @param args how many orders, how many at once, and options for the JVMs of the nodes
     */
    public static void main(String[] args) {
        try {
            measure(args);
            Runtime.getRuntime().halt(0);
        } catch (Exception | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void measure(String[] args) throws Exception {
        int orders = Integer.parseInt(args[0]);
        int atOnce = Integer.parseInt(args[1]);
        Path directory = Files.createTempDirectory("chaos");
        Instant start = Instant.now();
        try (Scene scene = new Scene(directory, reached -> { }, Arrays.copyOfRange(args, 2, args.length))) {
            System.out.printf("started in %d ms: %s%n", Duration.between(start, Instant.now()).toMillis(), scene.postgres.settings());
            Map<String, Duration> before = processor(scene);
            start = Instant.now();
            scene.order(0, orders, atOnce);
            Duration ordered = Duration.between(start, Instant.now());
            Instant patience = Instant.now().plusSeconds(120);
            while (!isBooked(scene) && Instant.now().isBefore(patience)) {
                Thread.sleep(100);
            }
            Duration booked = Duration.between(start, Instant.now());
            System.out.printf("%d orders in %d ms: %.1f/s; booked in %d ms: %.1f/s; equal: %s%n", orders, ordered.toMillis(),
                    orders * 1000.0 / ordered.toMillis(), booked.toMillis(), orders * 1000.0 / booked.toMillis(),
                    isBooked(scene));
            processor(scene).forEach((process, time) ->
                    System.out.printf("  %-10s %6.1f s%n", process, time.minus(before.get(process)).toMillis() / 1000.0));
            System.out.println(scene.client.counts() + ", heard " + scene.count("select count(*) from chaos_heard") + ", unresolved "
                    + scene.count("select count(*) from daraja_payment where not ended"));
            System.out.println(directory);
        }
    }

    private static boolean isBooked(Scene scene) {
        return scene.count("select count(*) from chaos_return where not done") == 0 && scene.ledger().equals(scene.books());
    }

    private static Map<String, Duration> processor(Scene scene) throws Exception {
        Map<String, Duration> used = new LinkedHashMap<>();
        used.put("runner", cpu(ProcessHandle.current()));
        for (NodeProcess node : scene.nodes) {
            used.put("node " + node.name(), cpu(ProcessHandle.of(node.pid()).orElseThrow()));
        }
        ProcessHandle postmaster = scene.postgres.postmaster();
        used.put("postgres", postmaster.descendants().map(Speed::cpu).reduce(cpu(postmaster), Duration::plus));
        return used;
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
