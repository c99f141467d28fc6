package io.github.cameldaraja;

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
        return (TransactionRepository) Proxy.newProxyInstance(Repositories.class.getClassLoader(),
                new Class<?>[] { TransactionRepository.class }, (proxy, method, arguments) -> {
                    Object answer = instead.of(method.getName(), arguments);
                    try {
                        return answer != null ? answer : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
