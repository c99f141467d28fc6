package io.github.cameldaraja.crash;

import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Service;

/**
 * Stands between a node and its repository, and decides at which call the process ends: before what the call does, or after that is
 * committed and before anybody hears of it. Calls can be held as well.
 */
final class Doom {

    /** Something that happens once, at the next call of that name. */
    private record Point(String call, Function<Runnable, CompletableFuture<Void>> before, Runnable after) {
    }

    private final Runnable death;
    private final List<Point> points = new CopyOnWriteArrayList<>();
    private volatile boolean dead;

    Doom(Runnable death) {
        this.death = death;
    }

    /** The process ends instead of this call, {@code settle} or {@code outbox.replace} for instance. */
    void before(String call) {
        points.add(new Point(checked(call), die -> {
            die.run();
            return CompletableFuture.failedFuture(new Dead());
        }, null));
    }

    /** The process ends when this call has done its work. */
    void after(String call) {
        points.add(new Point(checked(call), null, this::die));
    }

    /**
     * The next such call waits.
     *
     * @return done when the call has come
     */
    CompletableFuture<Void> hold(String call, CompletableFuture<Void> until) {
        CompletableFuture<Void> come = new CompletableFuture<>();
        points.add(new Point(checked(call), die -> {
            come.complete(null);
            return until;
        }, null));
        return come;
    }

    /**
     * The next such call fails without having done anything.
     *
     * @return done when that has happened
     */
    CompletableFuture<Void> fail(String call) {
        return hold(call, CompletableFuture.failedFuture(new IllegalStateException("the store is down")));
    }

    /**
     * The next such call does its work, and what it answers is lost.
     *
     * @return done when that has happened
     */
    CompletableFuture<Void> lose(String call) {
        CompletableFuture<Void> lost = new CompletableFuture<>();
        points.add(new Point(checked(call), null, () -> lost.complete(null)));
        return lost;
    }

    void die() {
        dead = true;
        death.run();
    }

    TransactionRepository over(TransactionRepository repository) {
        Outbox outbox = (Outbox) proxy("outbox.", repository.outbox(), Outbox.class);
        return (TransactionRepository) Proxy.newProxyInstance(Doom.class.getClassLoader(),
                new Class<?>[] {TransactionRepository.class, Service.class, CamelContextAware.class},
                (proxy, method, arguments) -> method.getName().equals("outbox") ? outbox
                        : call("", repository, method, arguments));
    }

    private Object proxy(String prefix, Object inner, Class<?> type) {
        return Proxy.newProxyInstance(Doom.class.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> call(prefix, inner, method, arguments));
    }

    private Object call(String prefix, Object inner, Method method, Object[] arguments) throws Throwable {
        if (method.getReturnType() != CompletableFuture.class) {
            return invoke(inner, method, arguments);
        }
        if (dead) {
            return CompletableFuture.failedFuture(new Dead());
        }
        Point point = take(prefix + method.getName());
        if (point == null) {
            return invoke(inner, method, arguments);
        }
        if (point.before() != null) {
            return point.before().apply(this::die).thenCompose(passed -> future(inner, method, arguments));
        }
        return future(inner, method, arguments).thenApply(done -> {
            point.after().run();
            throw new IllegalStateException("the answer is lost");
        });
    }

    private Point take(String call) {
        return points.stream().filter(point -> point.call().equals(call) && points.remove(point)).findFirst().orElse(null);
    }

    private static CompletableFuture<?> future(Object inner, Method method, Object[] arguments) {
        try {
            return (CompletableFuture<?>) invoke(inner, method, arguments);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Object invoke(Object inner, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    // a name that is misspelt would be a test that cannot fail
    private static String checked(String call) {
        List<String> known = new ArrayList<>();
        Stream.of(TransactionRepository.class.getMethods()).forEach(method -> known.add(method.getName()));
        Stream.of(Outbox.class.getMethods()).forEach(method -> known.add("outbox." + method.getName()));
        if (!known.contains(call)) {
            throw new IllegalArgumentException("no such call: " + call);
        }
        return call;
    }
}
