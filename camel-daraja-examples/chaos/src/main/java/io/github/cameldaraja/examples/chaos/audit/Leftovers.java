package io.github.cameldaraja.examples.chaos.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has not arrived when all is over.
 *
 * @param undelivered outcomes that no route has taken
 * @param parked      outcomes that routes have refused so often that a person must look
 * @param spooled     files with callbacks that are not in the store
 * @param which       some of them, for people
 */
public record Leftovers(long undelivered, long parked, long spooled, List<String> which) {

    private static final int SHOWN = 20;

    boolean isEmpty() {
        return undelivered + parked + spooled == 0;
    }

    static Leftovers of(Connection connection, List<Path> spools) throws SQLException, IOException {
        long undelivered = 0;
        long parked = 0;
        List<String> which = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select reference, operation, state, attempt"
                + " from daraja_delivery where state <> 'DELIVERED' order by reference, number");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if ("PARKED".equals(rows.getString("state"))) {
                    parked++;
                } else {
                    undelivered++;
                }
                if (which.size() < SHOWN) {
                    which.add(rows.getString("operation") + ' ' + rows.getString("reference") + " is " + rows.getString("state")
                            + " in attempt " + rows.getInt("attempt"));
                }
            }
        }
        long spooled = 0;
        for (Path spool : spools) {
            for (Path file : callbacks(spool)) {
                spooled++;
                if (which.size() < SHOWN) {
                    which.add("spooled " + file);
                }
            }
        }
        return new Leftovers(undelivered, parked, spooled, List.copyOf(which));
    }

    // a half-written file was never answered for
    private static List<Path> callbacks(Path spool) throws IOException {
        if (!Files.isDirectory(spool)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(spool)) {
            return files.filter(Files::isRegularFile).filter(file -> {
                String name = file.getFileName().toString();
                return name.contains(".callback") && !name.endsWith(".tmp");
            }).sorted().toList();
        }
    }
}
