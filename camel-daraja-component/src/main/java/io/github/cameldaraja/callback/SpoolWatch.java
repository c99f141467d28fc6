package io.github.cameldaraja.callback;

import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.transaction.Alarms;
import java.time.Clock;
import java.util.Map;

/** Tells when callbacks begin to wait on this node's disk, and when the last one is gone. Of one thread alone. */
public final class SpoolWatch {

    private final Clock clock;
    private final Alarms alarms;
    private final String directory;
    private boolean used;

    /**
     * @param directory in which they wait
     */
    public SpoolWatch(Clock clock, Alarms alarms, String directory) {
        this.clock = clock;
        this.alarms = alarms;
        this.directory = directory;
    }

    public void look(CallbackFigures figures) {
        if (figures.waiting() > 0 && !used) {
            used = true;
            alarms.raise(AlertKind.SPOOL_USED, (String) null, "the database does not take callbacks: they wait on this node's disk and were"
                    + " answered 200; bring it back, and keep that disk", Map.of("waiting", figures.waiting(), "directory", directory),
                    directory, clock.instant());
        } else if (figures.waiting() == 0 && used) {
            used = false;
            alarms.raise(AlertKind.SPOOL_EMPTY, (String) null, "the database has taken all callbacks that waited on this node's disk",
                    Map.of("drained", figures.drained(), "directory", directory), directory, clock.instant());
        }
    }
}
