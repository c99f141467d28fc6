package io.github.cameldaraja.examples.chaos.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One time for several processes: Safaricom's, written every millisecond into memory that they share. */
public final class ClockFile implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final VarHandle TIME = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Path file;
    private final Clock time;
    private final ByteBuffer memory;
    private final Thread writer;

    /** Begins to write the time of that clock. */
    public ClockFile(Path file, Clock time) {
        this.file = file;
        this.time = time;
        memory = map(file);
        write();
        writer = new Thread(this::run, "clock");
        writer.setDaemon(true);
        writer.start();
    }

    public Path file() {
        return file;
    }

    /** The time that another process writes. */
    public static Clock read(Path file) {
        return new SharedClock(map(file), ZoneOffset.UTC);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            write();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void write() {
        Instant now = time.instant();
        TIME.setVolatile(memory, 0, now.getEpochSecond() * NANOS + now.getNano());
    }

    private static ByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        writer.interrupt();
    }

    private static final class SharedClock extends Clock {

        private final ByteBuffer memory;
        private final ZoneId zone;

        SharedClock(ByteBuffer memory, ZoneId zone) {
            this.memory = memory;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            long nanos = (long) TIME.getVolatile(memory, 0);
            return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new SharedClock(memory, other);
        }
    }
}
