package io.github.cameldaraja.crash;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * One node's way to the database. It can be cut for a while or for ever, and can hang: what was not committed before is not stored,
 * what was stays.
 */
final class MortalDataSource implements DataSource {

    private static final Set<String> ENDING = Set.of("rollback", "close", "setAutoCommit");

    private final DataSource inner;
    private volatile String failure;
    private volatile boolean dead;
    private volatile CompletableFuture<Void> passing = CompletableFuture.completedFuture(null);

    MortalDataSource(DataSource inner) {
        this.inner = inner;
    }

    /** From now on nothing is stored, and nothing is read. */
    void die() {
        dead = true;
        failure = "the process is dead";
        passing.complete(null);
    }

    /** The database does not answer. */
    void breakDown() {
        failure = "the database is down";
    }

    void repair() {
        if (!dead) {
            failure = null;
        }
    }

    /** Whoever wants something of it waits. */
    void stall() {
        passing = new CompletableFuture<>();
    }

    void goOn() {
        passing.complete(null);
    }

    @Override
    public Connection getConnection() throws SQLException {
        check();
        Connection connection = inner.getConnection();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            if (failure != null && ENDING.contains(method.getName())) {
                // what a database does when its client is gone
                connection.rollback();
                if (method.getName().equals("close")) {
                    connection.close();
                    return null;
                }
            }
            check();
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void check() throws SQLException {
        passing.join();
        if (failure != null) {
            throw new SQLException(failure);
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // none
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // none
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
