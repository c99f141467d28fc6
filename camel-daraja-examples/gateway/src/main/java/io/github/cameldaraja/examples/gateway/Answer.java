package io.github.cameldaraja.examples.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** What goes back to a client. */
public record Answer(int status, String contentType, Map<String, Object> headers, Object body) {

    static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

    /** 202 while nobody knows what becomes of it: what was accepted is not paid. */
    static Answer started(Payment payment, boolean replayed) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("Location", "/payments/" + payment.id());
        if (replayed) {
            headers.put("Idempotent-Replayed", "true");
        }
        return new Answer(payment.status().isFinal() ? 200 : 202, "application/json", headers, payment);
    }

    static Answer of(int status, Object body) {
        return new Answer(status, "application/json", Map.of(), body);
    }

    static Answer of(Problem problem) {
        Map<String, Object> headers = new HashMap<>();
        if (problem.retryAfter() != null) {
            headers.put("Retry-After", problem.retryAfter());
        }
        if (problem.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        return new Answer(problem.status(), "application/problem+json", headers, problem);
    }

    /** Writes it; what came in does not go back. */
    public static void write(Exchange exchange) throws JsonProcessingException, InvalidPayloadException {
        Message message = exchange.getMessage();
        Answer answer = message.getMandatoryBody(Answer.class);
        message.removeHeaders("*");
        message.setHeaders(new HashMap<>(answer.headers()));
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        message.setBody(JSON.writeValueAsString(answer.body()));
    }
}
