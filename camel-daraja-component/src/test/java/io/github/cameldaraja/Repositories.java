package io.github.cameldaraja;

import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

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

    static Outbox outbox(Outbox store, Instead instead) {
        return proxy(Outbox.class, store, instead);
    }

    private static <T> T proxy(Class<T> type, T store, Instead instead) {
        return type.cast(Proxy.newProxyInstance(Repositories.class.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> {
                    Object answer = instead.of(method.getName(), arguments);
                    try {
                        return answer != null ? answer : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
