package io.github.cameldaraja.gateway;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/** Compares clocks in passing: each answer says what time it is where it comes from. It is only read when somebody wants to know. */
final class ClockWatch extends ServiceSupport implements Transport {

    // what they said, and when we heard it
    private record Heard(String date, Instant at) {

        private Duration ahead() {
            try {
                return Duration.between(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from), at);
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }

    private final Transport transport;
    private final Clock clock;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

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
                heard.put(request.url().getAuthority(), new Heard(answer.date(), clock.instant()));
            }
            noted.complete(answer);
        });
        return noted;
    }

    /** How far our clock was ahead of theirs when they answered last, to a second or so; negative if behind. */
    Optional<Duration> ahead(URI baseUrl) {
        return Optional.ofNullable(heard.get(baseUrl.getAuthority())).map(Heard::ahead);
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
