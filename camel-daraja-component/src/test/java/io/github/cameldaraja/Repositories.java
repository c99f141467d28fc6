package io.github.cameldaraja;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Service;

/** Repositories that misbehave where a test says so. */
final class Repositories {

    private Repositories() {
    }

    /** What happens instead of a call; null for the call itself. */
    @FunctionalInterface
    interface Instead {
        Object of(String call, Object[] arguments);
    }

    static TransactionRepository of(TransactionRepository store, Instead instead) {
        return proxy(TransactionRepository.class, store, instead);
    }

    /** One in a database, which starts and stops with its component. */
    static TransactionRepository living(JdbcTransactionRepository store, Instead instead) {
        return (TransactionRepository) proxy(store, instead, TransactionRepository.class, CamelContextAware.class, Service.class);
    }

    /** One whose {@link Commons} misbehave. */
    static TransactionRepository sharing(JdbcTransactionRepository store, Instead instead) {
        Commons commons = commons(store.commons().orElseThrow(), instead);
        return living(store, (call, arguments) -> call.equals("commons") ? Optional.of(commons) : null);
    }

    static Commons commons(Commons commons, Instead instead) {
        return proxy(Commons.class, commons, instead);
    }

    static Outbox outbox(Outbox store, Instead instead) {
        return proxy(Outbox.class, store, instead);
    }

    private static <T> T proxy(Class<T> type, T store, Instead instead) {
        return type.cast(proxy(store, instead, type));
    }

    private static Object proxy(Object store, Instead instead, Class<?>... types) {
        return Proxy.newProxyInstance(Repositories.class.getClassLoader(), types, (proxy, method, arguments) -> {
            Object answer = instead.of(method.getName(), arguments);
            try {
                return answer != null ? answer : method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
