package io.github.cameldaraja.transaction.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections of which one method fails where a test says so: a commit before it is done, a close after it. */
final class FaultyDataSource implements DataSource {

    private final DataSource inner;
    private volatile String broken;

    FaultyDataSource(DataSource inner) {
        this.inner = inner;
    }

    void breakDown(String method) {
        broken = method;
    }

    void repair() {
        broken = null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = inner.getConnection();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean fails = method.getName().equals(broken);
                    try {
                        Object answer = fails && method.getName().equals("commit") ? null : method.invoke(connection, arguments);
                        if (fails) {
                            throw new SQLException("broken: " + method.getName());
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
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
