package io.github.cameldaraja;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.Recorder;
import org.h2.store.fs.rec.FilePathRec;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** An H2 database in a file that knows how many used it when something was written to it, and how many of them were committing. */
public final class WatchedH2 extends DelegatingDataSource implements AutoCloseable {

    private final HikariDataSource pool = new HikariDataSource();
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger committing = new AtomicInteger();
    private final AtomicInteger mostUsed = new AtomicInteger();
    private final AtomicInteger mostCommitting = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    public WatchedH2(Path directory) {
        FilePathRec.register();
        FilePathRec.setRecorder((operation, file, data, position) -> {
            if (operation == Recorder.WRITE && file.contains(directory.toString())) {
                writes.incrementAndGet();
                mostUsed.accumulateAndGet(used.get(), Math::max);
                mostCommitting.accumulateAndGet(committing.get(), Math::max);
            }
        });
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:rec:" + directory.resolve("watched"));
        pool.setDataSource(database);
        pool.setMaximumPoolSize(16);
        setTargetDataSource(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        used.incrementAndGet();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean ends = method.getName().equals("commit") || method.getName().equals("rollback");
                    if (ends) {
                        committing.incrementAndGet();
                    } else if (method.getName().equals("close")) {
                        used.decrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (ends) {
                            committing.decrementAndGet();
                        }
                    }
                });
    }

    /** Forgets what was counted so far. */
    public void countFromNow() {
        mostUsed.set(0);
        mostCommitting.set(0);
        writes.set(0);
    }

    public int writes() {
        return writes.get();
    }

    /** How many had a connection when something was written. */
    public int mostUsed() {
        return mostUsed.get();
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
