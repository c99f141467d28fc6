package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A MariaDB server of our own on loopback, from what is installed. It writes a binary log, and texts are by default compared as
 * MariaDB does it, without case.
 */
final class MariaDbServer {

    private static final List<String> DIRECTORIES = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin",
            "/usr/libexec", "/opt/homebrew/bin");

    private static MariaDbServer shared;

    private final Path directory;
    private final int port;
    private final Process process;

    private MariaDbServer(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** The one of this JVM, or null where MariaDB is not installed. */
    static synchronized MariaDbServer shared() throws IOException, InterruptedException {
        Path server = find("mariadbd", "mysqld");
        Path installer = find("mariadb-install-db", "mysql_install_db");
        if (shared == null && server != null && installer != null && isMariaDb(server)) {
            shared = start(server, installer);
        }
        return shared;
    }

    private static MariaDbServer start(Path server, Path installer) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("daraja-mariadb");
        Path data = Files.createDirectory(directory.resolve("data"));
        // of its own: a server that starts clears its directory of what may be another one's
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path log = directory.resolve("log");
        Path users = Files.writeString(directory.resolve("users.sql"),
                "create user daraja@'%' identified by 'test';\ngrant all on *.* to daraja@'%';\n");
        run(log, user(List.of(installer.toString(), "--no-defaults", "--datadir=" + data, "--tmpdir=" + temporary,
                "--skip-test-db", "--auth-root-authentication-method=normal")));
        int port = Ports.free();
        Process process = new ProcessBuilder(user(List.of(server.toString(), "--no-defaults", "--datadir=" + data,
                "--tmpdir=" + temporary, "--port=" + port, "--bind-address=127.0.0.1", "--skip-name-resolve",
                "--socket=" + directory.resolve("s"), "--pid-file=" + directory.resolve("pid"), "--init-file=" + users,
                "--max-connections=300",
                "--log-bin=" + directory.resolve("binlog"), "--server-id=1", "--binlog-format=MIXED", "--sync-binlog=1",
                "--innodb-flush-log-at-trx-commit=1"))).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        MariaDbServer started = new MariaDbServer(directory, port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
        Awaitility.await().atMost(Duration.ofMinutes(2)).failFast(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("MariaDB has not started: " + Files.readString(log));
            }
        }).until(started::answers);
        return started;
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("mysql"))) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=daraja&password=test";
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> user(List<String> command) {
        List<String> all = new ArrayList<>(command);
        if (System.getProperty("user.name").equals("root")) {
            all.add("--user=root");
        }
        return all;
    }

    private static boolean isMariaDb(Path server) throws IOException {
        Process process = new ProcessBuilder(server.toString(), "--no-defaults", "--version").redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes()).contains("MariaDB");
    }

    private static void run(Path log, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(log));
        }
    }

    private static Path find(String... names) {
        List<String> directories = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
        directories.addAll(DIRECTORIES);
        return Stream.of(names).flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable).findFirst().orElse(null);
    }
}
