package io.github.cameldaraja.callback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where callbacks wait that the store cannot take: a directory with one file for each. Each component has a directory of its own
 * below it, and takes over what others have left when they stopped or died.
 */
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Half an hour of a very busy shop, and what a directory and a heap bear. */
    static final int MOST_FILES = 100_000;
    static final long MOST_BYTES = 1L << 30;

    private static final String OPTION = "camel.component.daraja.spoolDirectory";
    // what stands around a body
    private static final int ENVELOPE_BYTES = 512;

    private final Path base;
    private final Executor disk;
    private final int mostFiles;
    private final long mostBytes;
    // in the names of the files that we write
    private final String mark = '-' + SpoolDirectory.random() + '.';
    private final AtomicLong numbers = new AtomicLong();
    // what has its place here, in files or on the way to them
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong spooled = new AtomicLong();
    private final ConcurrentNavigableMap<String, Long> waiting = new ConcurrentSkipListMap<>();
    // held by threads that wait for the disk anyway
    private final ReentrantLock opening = new ReentrantLock();
    private volatile SpoolDirectory directory;
    private boolean closed;
    private final Set<Path> complaints = ConcurrentHashMap.newKeySet();

    /**
     * @param base a directory, made when it is needed first
     * @param disk its threads wait for the disk; several at a time cost little more than one
     * @throws IllegalArgumentException if no directory is named
     */
    public Spool(String base, Executor disk) {
        this(path(base), disk, MOST_FILES, MOST_BYTES);
    }

    Spool(Path base, Executor disk, int mostFiles, long mostBytes) {
        this.base = base.toAbsolutePath();
        this.disk = disk;
        this.mostFiles = mostFiles;
        this.mostBytes = mostBytes;
    }

    private static Path path(String base) {
        if (base == null || base.isBlank()) {
            throw new IllegalArgumentException("spoolDirectory must be a directory; set " + OPTION
                    + ", or leave it out for the default");
        }
        return Path.of(base);
    }

    /** Finds what an earlier run has left, and says so early if nothing could be kept here. */
    void start() {
        Path existing = base;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            LOG.warn("The spool {} cannot be written: while the database is down callbacks will be answered 503, and Safaricom"
                    + " hardly repeats them; make it a directory that this process may write, or set {}", base, OPTION);
        }
        takeOver();
        if (!waiting.isEmpty()) {
            LOG.warn("{} callbacks of an earlier run wait in {} for the database", waiting.size(), directory);
        }
    }

    /** Keeps nothing from now on, and leaves what waits to whoever comes next. */
    void close() {
        opening.lock();
        try {
            closed = true;
            if (directory != null) {
                directory.close();
            }
            directory = null;
        } finally {
            opening.unlock();
        }
    }

    /** Completes when the callback is on the disk; fails if it cannot be. */
    CompletableFuture<Void> keep(CallbackRequest callback) {
        long size = ENVELOPE_BYTES + callback.body().length * 4L / 3;
        if (files.incrementAndGet() > mostFiles | bytes.addAndGet(size) > mostBytes) {
            release(size);
            return CompletableFuture.failedFuture(new IOException("the spool " + base + " is full: it holds " + waiting.size()
                    + " callbacks, and at most " + mostFiles + " or " + mostBytes + " bytes; bring the database back"));
        }
        CompletableFuture<Void> kept = new CompletableFuture<>();
        try {
            disk.execute(() -> write(callback, size, kept));
        } catch (RejectedExecutionException e) {
            release(size);
            kept.completeExceptionally(e);
        }
        return kept;
    }

    private void write(CallbackRequest callback, long size, CompletableFuture<Void> kept) {
        String name = "%013d-%06d%scallback".formatted(callback.receivedAt().toEpochMilli(), numbers.incrementAndGet(), mark);
        try {
            byte[] content = SpooledCallback.of(callback).write();
            open().write(name, content);
        } catch (IOException | RuntimeException | Error e) {
            release(size);
            kept.completeExceptionally(e);
            return;
        }
        waiting.put(name, size);
        spooled.incrementAndGet();
        kept.complete(null);
    }

    /** Takes over what others have left, if there is anything. Waits for the disk. */
    void takeOver() {
        if (!Files.isDirectory(base)) {
            return;
        }
        try {
            SpoolDirectory.others(base).forEach(this::takeOver);
            list();
        } catch (IOException | RuntimeException e) {
            complain(base, e);
        }
    }

    private void takeOver(Path other) {
        SpoolDirectory left = null;
        try {
            left = SpoolDirectory.lock(other);
            if (left != null) {
                left.moveTo(open());
                LOG.debug("Took over {}", other);
            }
        } catch (IOException | RuntimeException e) {
            complain(other, e);
        } finally {
            if (left != null) {
                left.release();
            }
        }
    }

    private void complain(Path path, Exception why) {
        // once, for it is tried every minute
        if (complaints.add(path)) {
            LOG.warn("What waits in {} cannot be taken over; let this process read and write it: {}", path, why.toString());
        }
    }

    private void list() throws IOException {
        SpoolDirectory ours = directory;
        if (ours == null) {
            return;
        }
        for (String name : ours.names()) {
            // those that we write are counted when they are there
            if (!waiting.containsKey(name) && !name.contains(mark)) {
                try {
                    admit(name, ours.size(name));
                } catch (NoSuchFileException e) {
                    LOG.debug("{} was handled this moment", name);
                }
            }
        }
    }

    private void admit(String name, long size) {
        if (waiting.putIfAbsent(name, size) == null) {
            files.incrementAndGet();
            bytes.addAndGet(size);
        }
    }

    private SpoolDirectory open() throws IOException {
        SpoolDirectory open = directory;
        if (open != null && !open.isGone()) {
            return open;
        }
        opening.lock();
        try {
            if (closed) {
                throw closed();
            }
            open = directory;
            if (open == null || open.isGone()) {
                open = SpoolDirectory.create(base);
                directory = open;
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    private void release(long size) {
        files.decrementAndGet();
        bytes.addAndGet(-size);
    }

    /** The names of the oldest callbacks that the caller wants. */
    List<String> oldest(Predicate<String> wanted, int most) {
        return waiting.keySet().stream().filter(wanted).limit(most).toList();
    }

    /**
     * Reads a callback.
     *
     * @throws IllegalArgumentException if the file holds none
     * @throws NoSuchFileException      if somebody has taken it away
     */
    SpooledCallback read(String name) throws IOException {
        return SpooledCallback.read(ours().read(name));
    }

    /** Forgets a callback and its file. */
    void remove(String name) throws IOException {
        ours().remove(name);
        forget(name);
    }

    /** Leaves a file alone for good; returns where it is. */
    Path setAside(String name) throws IOException {
        Path aside = ours().setAside(name);
        forget(name);
        return aside;
    }

    void forget(String name) {
        Long size = waiting.remove(name);
        if (size != null) {
            release(size);
        }
    }

    private SpoolDirectory ours() throws IOException {
        SpoolDirectory ours = directory;
        if (ours == null) {
            throw closed();
        }
        return ours;
    }

    private IOException closed() {
        return new IOException("the spool " + base + " is closed");
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many callbacks wait. */
    int size() {
        return waiting.size();
    }

    /** When the oldest callback that waits came, or null. */
    Instant oldest() {
        Map.Entry<String, Long> first = waiting.firstEntry();
        return first == null ? null : Instant.ofEpochMilli(Long.parseLong(first.getKey().substring(0, 13)));
    }

    /** How many callbacks have come here since the start. */
    long spooled() {
        return spooled.get();
    }
}
