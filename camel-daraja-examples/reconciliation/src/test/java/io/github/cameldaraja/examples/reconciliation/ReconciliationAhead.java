package io.github.cameldaraja.examples.reconciliation;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.main.Main;

/** {@link ReconciliationApp} with a clock ahead of this machine's, as a simulated Safaricom is that has let time pass. */
final class ReconciliationAhead {

    private ReconciliationAhead() {
    }

    /** Takes how far ahead it is. */
    public static void main(String[] args) throws Exception {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        Main main = ReconciliationApp.create(ReconciliationApp.Dsl.JAVA);
        main.bind("clock", Clock.offset(Clock.systemUTC(), Duration.parse(args[0])));
        main.run();
    }
}
