package io.github.cameldaraja.simulator.results;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * One path: a form, and the service that takes it.
 */
final class ResultEndpoint {

    private final Inside inside;
    private final ResultDesk desk;
    private final Form form;
    private final Service service;

    ResultEndpoint(Inside inside, ResultDesk desk, Form form, Service service) {
        this.inside = inside;
        this.desk = desk;
        this.form = form;
        this.service = service;
    }

    void handle(Exchange exchange) {
        count("received");
        Job job;
        try {
            inside.tokens().check(exchange, service.tokenRefusal());
            job = desk.accept(exchange, service, form.read(exchange, inside));
        } catch (Refused refused) {
            count("refused");
            throw refused;
        }
        AnswerPlan plan = job.fate().answer();
        Answer scripted = inside.answers().scripted(plan);
        Answer answer = scripted == null ? acknowledge(job) : scripted;
        desk.begin(job).onComplete(any -> exchange.answerAfter(plan.slow(), answer));
    }

    private Answer acknowledge(Job job) {
        ObjectNode body = inside.json().object();
        if (service.conversationFirst()) {
            body.put("ConversationID", job.conversationId());
        }
        body.put(Request.ORIGINATOR_CONVERSATION_ID, job.originatorConversationId());
        if (!service.conversationFirst()) {
            body.put("ConversationID", job.conversationId());
        }
        body.put("ResponseCode", "0");
        body.put("ResponseDescription", service.acknowledgement());
        return inside.answers().ok(body);
    }

    private void count(String what) {
        inside.counters().increment(service.api().counter() + "." + what);
    }
}
