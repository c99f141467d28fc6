package io.github.cameldaraja.crash;

import io.github.cameldaraja.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A PostgreSQL server that can be killed, and started again on what it has on its disk. */
final class KillableServer {

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    KillableServer(Path directory) {
        this.data = directory.resolve("data");
        this.port = Ports.free();
    }

    void start() {
        try {
            if (server != null) {
                // releases its lock: there is nothing to stop any more
                server.close();
            }
            server = Grounds.keeping(EmbeddedPostgres.builder()).setDataDirectory(data).setCleanDataDirectory(false).setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL to all its processes, which are ours. */
    void kill() {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            // first, or it would start others; one that is left over holds the memory without which it does not start again
            new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
            List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
            all.add(postmaster);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    DataSource database() {
        return server.getPostgresDatabase();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }
}
