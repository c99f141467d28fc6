package io.github.cameldaraja.examples.gateway;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Who may call, and how often. What is told of a client to the route is the variable {@code client}. */
public class Clients {

    private static final String BEARER = "Bearer ";
    private static final String NAME = "[a-z0-9-]{1,32}";
    private static final String HASH = "[0-9a-f]{64}";
    private static final int USUAL_PER_MINUTE = 300;

    private record Known(Client client, List<byte[]> hashes, Bucket requests) {
    }

    private final Map<String, Known> clients = new TreeMap<>();

    /**
     * @param settings gives the value of a setting, or an empty text
     * @throws IllegalArgumentException naming setting, rule and cure
     */
    Clients(UnaryOperator<String> settings, Clock clock) {
        for (String name : settings.apply("gateway.clients").split(",")) {
            if (!name.isBlank()) {
                Known known = known(name.strip(), settings, clock);
                clients.put(known.client().name(), known);
            }
        }
    }

    /** Lets in who has a token, and has not called too often. */
    public void admit(@Header("Authorization") String authorization, Exchange exchange) {
        Known known = find(authorization);
        // it is worth as much as money, and no step needs it
        exchange.getMessage().removeHeader("Authorization");
        if (known == null) {
            throw new ProblemException(Problem.unauthorized());
        }
        ConsumptionProbe probe = known.requests().tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new ProblemException(Problem.tooMany(1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill())));
        }
        exchange.setVariable("client", known.client());
    }

    /** The same for who wants to pay out. */
    public void admitPayout(@Header("Authorization") String authorization, Exchange exchange) {
        admit(authorization, exchange);
        if (!exchange.getVariable("client", Client.class).payouts()) {
            throw new ProblemException(Problem.forbidden());
        }
    }

    /** The client of that name, or null. */
    Client named(String name) {
        Known known = name == null ? null : clients.get(name);
        return known == null ? null : known.client();
    }

    // looks at every hash whatever the ones before have said, so that the time it takes tells nothing
    private Known find(String authorization) {
        String token = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip() : "";
        byte[] hash = Tokens.hash(token);
        Known found = null;
        for (Known known : clients.values()) {
            for (byte[] its : known.hashes()) {
                if (MessageDigest.isEqual(its, hash)) {
                    found = known;
                }
            }
        }
        return found;
    }

    private static Known known(String name, UnaryOperator<String> settings, Clock clock) {
        String prefix = "gateway.client." + name + ".";
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("gateway.clients: a name is 1 to 32 small letters, digits and hyphens; rename " + name);
        }
        List<byte[]> hashes = new ArrayList<>();
        for (String hash : settings.apply(prefix + "tokens").split(",")) {
            if (!hash.strip().matches(HASH)) {
                throw new IllegalArgumentException(prefix + "tokens: is the SHA-256 of a token, 64 hexadecimal digits, and never the"
                        + " token itself; make both with GatewayApp client " + name);
            }
            hashes.add(HexFormat.of().parseHex(hash.strip()));
        }
        String perMinute = settings.apply(prefix + "perMinute");
        if (!perMinute.matches("[1-9][0-9]{0,5}|")) {
            throw new IllegalArgumentException(prefix + "perMinute: is a number of requests from 1 on; correct it");
        }
        int most = perMinute.isEmpty() ? USUAL_PER_MINUTE : Integer.parseInt(perMinute);
        Bucket bucket = Bucket.builder().addLimit(limit -> limit.capacity(most).refillGreedy(most, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time(clock)).build();
        return new Known(new Client(name, Boolean.parseBoolean(settings.apply(prefix + "payouts")),
                webhook(prefix, settings.apply(prefix + "webhook"))), hashes, bucket);
    }

    private static URI webhook(String prefix, String text) {
        if (text.isEmpty()) {
            return null;
        }
        URI url = URI.create(text);
        boolean local = List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(url.getHost()));
        if (url.getHost() == null || url.getUserInfo() != null || !("https".equals(url.getScheme()) || local)) {
            throw new IllegalArgumentException(prefix + "webhook: is a URL with https, without a user; only one on this machine may"
                    + " be http");
        }
        return url;
    }

    private static TimeMeter time(Clock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
