package io.github.cameldaraja.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.TokenFault;

/**
 * GET /oauth/v1/generate.
 */
public final class TokenEndpoint {

    /** Where it is. */
    public static final String PATH = "/oauth/v1/generate";
    /** The name under which token requests are counted. */
    public static final String COUNTER = "tokenCalls";

    private static final Duration SLOW = Duration.ofSeconds(3);

    private final SimulatorSettings settings;
    private final Tokens tokens;
    private final FaultQueue<TokenFault> faults;
    private final Attempts<String, TokenFault> planned;
    private final Tally counters;
    private final Answers answers;
    private final Json json;
    private final String expected;

    public TokenEndpoint(SimulatorSettings settings, Tokens tokens, FaultQueue<TokenFault> faults,
            Attempts<String, TokenFault> planned, Tally counters, Answers answers, Json json) {
        this.settings = settings;
        this.tokens = tokens;
        this.faults = faults;
        this.planned = planned;
        this.counters = counters;
        this.answers = answers;
        this.json = json;
        Credentials c = settings.credentials();
        byte[] pair = (c.consumerKey() + ":" + c.consumerSecret()).getBytes(StandardCharsets.UTF_8);
        this.expected = "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Says where it is. */
    public void mount(Paths paths) {
        paths.get(PATH, this::handle);
    }

    private void handle(Exchange exchange) {
        counters.increment(COUNTER);
        TokenFault queued = faults.take();
        TokenFault fault = queued == null ? planned.next(PATH) : queued;
        if (fault == null) {
            exchange.answer(token(exchange, true));
            return;
        }
        switch (fault) {
            case INVALID_CREDENTIALS -> exchange.answer(invalidCredentials());
            case EMPTY_401 -> exchange.answer(Answer.empty(401));
            case HTML_503 -> exchange.answer(answers.firewall());
            case RESET -> exchange.answer(Answer.RESET);
            case SLOW -> exchange.answerAfter(SLOW, token(exchange, true));
            case MISSING_EXPIRY -> exchange.answer(token(exchange, false));
            default -> throw new IllegalStateException(fault.name());
        }
    }

    private Answer token(Exchange exchange, boolean withExpiry) {
        if (!expected.equals(exchange.header("Authorization"))) {
            return invalidCredentials();
        }
        if (!"client_credentials".equals(exchange.parameter("grant_type"))) {
            return answers.error(400, "400.008.02", "Invalid grant type passed");
        }
        ObjectNode body = json.object().put("access_token", tokens.issue());
        long seconds = settings.tokenLife().toSeconds();
        if (withExpiry && settings.expiresInAsString()) {
            body.put("expires_in", Long.toString(seconds));
        } else if (withExpiry) {
            body.put("expires_in", seconds);
        }
        return Answer.json(200, json.write(body));
    }

    private Answer invalidCredentials() {
        return answers.error(400, "400.008.01", "Invalid Authentication passed");
    }
}
