package io.github.cameldaraja.transaction.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections of which one method fails where a test says so: a commit or a rollback before it is done, another one after it. Counts
 * what is called.
 */
final class FaultyDataSource implements DataSource {

    private static final List<String> NOT_DONE = List.of("commit", "rollback");

    private final DataSource inner;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, Runnable> watchers = new ConcurrentHashMap<>();
    private volatile String broken;

    FaultyDataSource(DataSource inner) {
        this.inner = inner;
    }

    /** The method, of a connection or {@code getConnection}, fails from now on. */
    void breakDown(String method) {
        broken = method;
    }

    void repair() {
        broken = null;
    }

    /** Does that just before each call of the method. */
    void before(String method, Runnable look) {
        watchers.put(method, look);
    }

    int count(String method) {
        return calls.computeIfAbsent(method, name -> new AtomicInteger()).get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        called("getConnection");
        if ("getConnection".equals(broken)) {
            throw new SQLException("broken: getConnection");
        }
        Connection connection = inner.getConnection();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    called(method.getName());
                    boolean fails = method.getName().equals(broken);
                    try {
                        Object answer = fails && NOT_DONE.contains(method.getName()) ? null : method.invoke(connection, arguments);
                        if (fails) {
                            throw new SQLException("broken: " + method.getName());
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void called(String method) {
        calls.computeIfAbsent(method, name -> new AtomicInteger()).incrementAndGet();
        watchers.getOrDefault(method, () -> { }).run();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
    }

    @Override
    public void setLoginTimeout(int seconds) {
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
