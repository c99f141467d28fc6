package io.github.cameldaraja.examples.gateway;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.main.Main;

/** {@link GatewayApp} with a clock ahead of this machine's, as a simulated Safaricom is that has let time pass. */
final class GatewayAhead {

    private GatewayAhead() {
    }

    /** Takes the routes' language and how far ahead it is. */
    public static void main(String[] args) throws Exception {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        Main main = GatewayApp.create(GatewayApp.Dsl.valueOf(args[0]));
        main.bind("clock", Clock.offset(Clock.systemUTC(), Duration.parse(args[1])));
        main.run();
    }
}
