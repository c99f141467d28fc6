package io.github.cameldaraja.simulator.bonga;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.FieldRefusal;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Bonga's answers: a header with a numeric code, and a body that may be null.
 */
final class BongaAnswers implements FieldRefusal {

    static final int OK = 200;
    static final int FAILED = 6001;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn", Locale.ROOT);
    private static final int INCOMPLETE = 6006;
    private static final int BAD_REQUEST = 400;

    private final Json json;
    private final Clock clock;

    BongaAnswers(Json json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Answer answer(int status, int code, String message, String customerMessage, ObjectNode content) {
        ObjectNode body = json.object();
        body.putObject("header")
                .put("requestRefId", UUID.randomUUID().toString())
                .put("responseCode", code)
                .put("responseMessage", message)
                .put("customerMessage", customerMessage)
                .put("timestamp", TIME.format(LocalDateTime.ofInstant(clock.instant(), Times.NAIROBI)));
        body.set("body", content);
        return Answer.json(status, json.write(body));
    }

    /** A refusal with one of Bonga's own codes. */
    Answer refusal(int code) {
        return answer(OK, code, text(code), "Dear customer, your request could not be processed", null);
    }

    @Override
    public Answer invalid(String field) {
        return answer(BAD_REQUEST, INCOMPLETE, "Bad Request - Invalid " + field, text(INCOMPLETE), null);
    }

    @Override
    public Answer unreadable() {
        return answer(BAD_REQUEST, INCOMPLETE, text(INCOMPLETE), text(INCOMPLETE), null);
    }

    private static String text(int code) {
        return switch (code) {
            case 6004 -> "Server error";
            case 6005 -> "Invalid credentials";
            case INCOMPLETE -> "Missing parts in body";
            case 6007 -> "CBS unavailable or busy";
            case 6008 -> "STK unavailable or busy";
            case 6009 -> "Broker unavailable or busy";
            case 6011 -> "Database unavailable";
            default -> "Fail";
        };
    }
}
