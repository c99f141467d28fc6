package io.github.cameldaraja.examples.chaos.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a node is told when it starts.
 *
 * @param name         of the node
 * @param databaseUrl  of the PostgreSQL that all nodes share
 * @param safaricomUrl where the Daraja API is
 * @param callbackUrl  under which Safaricom calls back: the balancer's
 * @param clockFile    where the time is
 * @param directory    on its own disk, kept over its deaths: the spool, and its log
 * @param pullEvery    how often it looks into the statement, in real time
 * @param ordersPort   where clients post orders
 * @param callbackPort where the balancer brings callbacks
 */
record NodeSettings(String name, String databaseUrl, String safaricomUrl, String callbackUrl, Path clockFile, Path directory,
                    Duration pullEvery, int ordersPort, int callbackPort) {

    List<String> arguments() {
        return List.of(name, databaseUrl, safaricomUrl, callbackUrl, clockFile.toString(), directory.toString(),
                pullEvery.toString(), Integer.toString(ordersPort), Integer.toString(callbackPort));
    }

    static NodeSettings of(String... arguments) {
        return new NodeSettings(arguments[0], arguments[1], arguments[2], arguments[3], Path.of(arguments[4]), Path.of(arguments[5]),
                Duration.parse(arguments[6]), Integer.parseInt(arguments[7]), Integer.parseInt(arguments[8]));
    }
}
