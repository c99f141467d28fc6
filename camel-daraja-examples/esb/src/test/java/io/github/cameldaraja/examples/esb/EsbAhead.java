package io.github.cameldaraja.examples.esb;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.main.Main;

/** {@link EsbApp} with a clock ahead of this machine's, as a simulated Safaricom is that has let time pass. */
final class EsbAhead {

    private EsbAhead() {
    }

    /** Takes the routes' language and how far ahead it is. */
    public static void main(String[] args) throws Exception {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        Main main = EsbApp.create(EsbApp.Dsl.valueOf(args[0]));
        main.bind("clock", Clock.offset(Clock.systemUTC(), Duration.parse(args[1])));
        main.run();
    }
}
