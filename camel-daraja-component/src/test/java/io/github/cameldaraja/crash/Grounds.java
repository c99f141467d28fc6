package io.github.cameldaraja.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/** The databases of these tests. */
final class Grounds {

    private static EmbeddedPostgres server;
    private static Ground postgres;

    private Grounds() {
    }

    static Ground h2(Path directory) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + directory.resolve("payments"));
        return new Ground(database);
    }

    /** With what its default leaves out: what is committed is kept. */
    static EmbeddedPostgres.Builder keeping(EmbeddedPostgres.Builder server) {
        return server.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on");
    }

    /** One server for all tests of this JVM, which ends it; it keeps what it commits. */
    static synchronized Ground postgres() {
        if (postgres == null) {
            try {
                server = keeping(EmbeddedPostgres.builder()).start();
                postgres = new Ground(server.getPostgresDatabase());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            List<String> settings = postgres.ask("select current_setting(name) from (values ('fsync'), ('synchronous_commit'),"
                    + " ('full_page_writes')) settings (name)");
            if (!settings.equals(List.of("on", "on", "on"))) {
                throw new IllegalStateException("a server that forgets: " + settings);
            }
        }
        return postgres;
    }

    /** That server, for other processes. */
    static synchronized String postgresUrl() {
        postgres();
        return server.getJdbcUrl("postgres", "postgres");
    }
}
