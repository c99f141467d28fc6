package io.github.cameldaraja.callback;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with files that only this component uses, by a lock that ends with the process. Whatever a method has done is on
 * the disk when it returns. All of them wait for the disk.
 */
final class SpoolDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);

    private static final int ATTEMPTS = 5;
    private static final String OURS = "node-";
    private static final String LEFT = "left-";
    private static final String LOCK = "lock";
    private static final String TEMPORARY = ".tmp";
    private static final String BAD = ".bad";
    private static final Pattern FILE = Pattern.compile("[0-9]{13}-.*\\.callback");

    private final Path path;
    private final FileChannel lock;

    private SpoolDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes a directory of its own below that one. */
    static SpoolDirectory create(Path base) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            makeAll(base);
            Path path = base.resolve(OURS + process() + '-' + random());
            make(path);
            SpoolDirectory created = lock(path);
            if (created != null) {
                return created;
            }
            // somebody has found it before it was locked, thinks that it was abandoned and removes it
        }
        throw new IOException("no directory below " + base + " can be locked; is it on a disk of this machine?");
    }

    /** The directories below that one whose owner may be gone. */
    static List<Path> others(Path base) throws IOException {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(base, SpoolDirectory::mayBeAbandoned)) {
            all.forEach(others::add);
        }
        return others;
    }

    // those of our own process need not be tried, and must not: closing the lock's file would free it for all other processes
    private static boolean mayBeAbandoned(Path path) {
        String name = path.getFileName().toString();
        return (name.startsWith(OURS) && !name.startsWith(OURS + process() + '-') || name.startsWith(LEFT))
                && Files.isDirectory(path);
    }

    // in containers all processes have the same number
    private static String process() {
        return ProcessHandle.current().pid() + "-" + ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /** Takes a directory; null if somebody uses it. */
    static SpoolDirectory lock(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    only(path, "rw-------"));
        } catch (NoSuchFileException e) {
            // its owner has just closed it
            return null;
        }
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is being moved by another component of this process", path);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new SpoolDirectory(path, channel);
    }

    Path path() {
        return path;
    }

    /** Whether somebody has removed it. */
    boolean isGone() {
        return !Files.isDirectory(path);
    }

    /** The names of its files. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            all.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names.stream().filter(name -> FILE.matcher(name).matches()).sorted().toList();
    }

    long size(String name) throws IOException {
        return Files.size(path.resolve(name));
    }

    /** Writes a file: if the process dies in the middle, there is the whole of it or none. */
    void write(String name, byte[] content) throws IOException {
        Path temporary = path.resolve(name + TEMPORARY);
        try {
            try (FileChannel file = FileChannel.open(temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only(path, "rw-------"))) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    file.write(rest);
                }
                file.force(true);
            }
            Files.move(temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            sync(path);
        } catch (IOException e) {
            delete(temporary);
            delete(path.resolve(name));
            throw e;
        }
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(path.resolve(name));
    }

    /** Removes a file; harmless if there is none. After a power cut it may be there again. */
    void remove(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    /** Leaves a file alone from now on, for a person to look at. */
    Path setAside(String name) throws IOException {
        return Files.move(path.resolve(name), path.resolve(name + BAD), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives all that is here to another directory, and is gone then. */
    void moveTo(SpoolDirectory other) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (name.endsWith(TEMPORARY)) {
                    // somebody died while writing it, and nobody was told that it is kept
                    Files.delete(file);
                } else if (!name.equals(LOCK)) {
                    Files.move(file, other.path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        sync(other.path);
        disappear();
    }

    /** Lets go of it. What is left here somebody else will find, this process included. */
    void close() {
        try {
            if (isEmpty()) {
                disappear();
            } else {
                Files.move(path, path.resolveSibling(LEFT + random() + random()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOG.debug("{} stays as it is", path, e);
        } finally {
            release();
        }
    }

    void release() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("{} stays locked until the process ends", path, e);
        }
    }

    private void disappear() throws IOException {
        Files.deleteIfExists(path.resolve(LOCK));
        Files.deleteIfExists(path);
    }

    private boolean isEmpty() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, file -> !file.endsWith(LOCK))) {
            return !all.iterator().hasNext();
        }
    }

    private static void makeAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            if (directory.getParent() != null) {
                makeAll(directory.getParent());
            }
            make(directory);
        }
    }

    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, only(directory, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        if (directory.getParent() != null) {
            sync(directory.getParent());
        }
    }

    // a file is there after a power cut only if its directory's entry was written as well
    private static void sync(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory)) {
                channel.force(true);
            }
        }
    }

    // a failure to clean up must not hide why
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} is left", file, e);
        }
    }

    private static FileAttribute<?>[] only(Path path, String permissions) {
        return isPosix(path) ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(permissions)) } : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
