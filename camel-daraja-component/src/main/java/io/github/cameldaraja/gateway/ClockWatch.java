package io.github.cameldaraja.gateway;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/** Compares clocks in passing: each answer says what time it is where it comes from. */
final class ClockWatch extends ServiceSupport implements Transport {

    private final Transport transport;
    private final Clock clock;
    private final Map<String, Duration> ahead = new ConcurrentHashMap<>();

    ClockWatch(Transport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<TransportAnswer> send(TransportRequest request) {
        // a future of its own: what whenComplete returns would wrap the failure
        CompletableFuture<TransportAnswer> noted = new CompletableFuture<>();
        transport.send(request).whenComplete((answer, failure) -> {
            if (failure != null) {
                noted.completeExceptionally(failure);
                return;
            }
            if (answer.date() != null) {
                ahead.put(request.url().getAuthority(), Duration.between(answer.date(), clock.instant()));
            }
            noted.complete(answer);
        });
        return noted;
    }

    /** How far our clock was ahead of theirs when they answered last, to a second or so; negative if behind. */
    Optional<Duration> ahead(URI baseUrl) {
        return Optional.ofNullable(ahead.get(baseUrl.getAuthority()));
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(transport);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(transport);
    }
}
