package io.github.cameldaraja;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.Recorder;
import org.h2.store.fs.rec.FilePathRec;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** An H2 database in a file that knows how many were changing it when something was written to it, and how many of them were committing. */
public final class WatchedH2 extends DelegatingDataSource implements AutoCloseable {

    private final HikariDataSource pool = new HikariDataSource();
    private final AtomicInteger changing = new AtomicInteger();
    private final AtomicInteger committing = new AtomicInteger();
    private final AtomicInteger mostChanging = new AtomicInteger();
    private final AtomicInteger mostCommitting = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    public WatchedH2(Path directory) {
        this(directory, 16);
    }

    public WatchedH2(Path directory, int connections) {
        FilePathRec.register();
        FilePathRec.setRecorder((operation, file, data, position) -> {
            if (operation == Recorder.WRITE && file.contains(directory.toString())) {
                writes.incrementAndGet();
                mostChanging.accumulateAndGet(changing.get(), Math::max);
                mostCommitting.accumulateAndGet(committing.get(), Math::max);
            }
        });
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:rec:" + directory.resolve("watched"));
        pool.setDataSource(database);
        pool.setMaximumPoolSize(connections);
        setTargetDataSource(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        AtomicBoolean changes = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean ends = method.getName().equals("commit") || method.getName().equals("rollback");
                    if (ends) {
                        committing.incrementAndGet();
                    } else if (method.getName().endsWith("Statement") && changes.compareAndSet(false, true)) {
                        changing.incrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (ends) {
                            committing.decrementAndGet();
                        }
                        if ((ends || method.getName().equals("close")) && changes.compareAndSet(true, false)) {
                            changing.decrementAndGet();
                        }
                    }
                });
    }

    /** How many wait for a connection. */
    public int waiting() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    /** Forgets what was counted so far. */
    public void countFromNow() {
        mostChanging.set(0);
        mostCommitting.set(0);
        writes.set(0);
    }

    public int writes() {
        return writes.get();
    }

    /** How many had a connection when something was written. */
    public int mostChanging() {
        return mostChanging.get();
    }

    /** How many of them were committing, or rolling back. */
    public int mostCommitting() {
        return mostCommitting.get();
    }

    @Override
    public void close() {
        pool.close();
        FilePathRec.setRecorder(null);
    }
}
