package io.github.cameldaraja.simulator.iot;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

import io.github.cameldaraja.simulator.IotMessage;
import io.github.cameldaraja.simulator.IotSim;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * The calls about messages.
 */
final class MessageCalls {

    private static final String FETCHED = "Details fetched successfully.";
    private static final String QUEUED = "Message queued successfully.";
    private static final String DELETED = "Message deleted successfully.";
    private static final String PAGE_NO = "pageNo";
    private static final String PAGE_SIZE = "pageSize";
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    private final Inside inside;
    private final Inventory inventory;
    private final Outbox outbox;
    private final IotAnswers answers;
    private final Access access;
    private final MessagePage pages;

    MessageCalls(Inside inside, Inventory inventory, Outbox outbox, IotAnswers answers, Access access) {
        this.inside = inside;
        this.inventory = inventory;
        this.outbox = outbox;
        this.answers = answers;
        this.access = access;
        this.pages = new MessagePage(inside.json());
    }

    Answer search(Exchange exchange) {
        Fields fields = inside.fields(exchange, "searchValue", answers);
        String msisdn = Access.plain(fields.required("searchValue", Type.TEXT, text -> true));
        return page(exchange, fields, outbox.find(message -> message.msisdn().startsWith(msisdn)));
    }

    Answer filter(Exchange exchange) {
        Fields fields = inside.fields(exchange, "startDate", answers);
        LocalDateTime from = time(fields, "startDate");
        LocalDateTime to = time(fields, "endDate");
        String status = fields.required("status", Type.TEXT, text -> true);
        return page(exchange, fields, outbox.find(message -> {
            LocalDateTime sent = message.sent().atZone(Times.NAIROBI).toLocalDateTime();
            return MessagePage.SENT.equals(status) && !sent.isBefore(from) && !sent.isAfter(to);
        }));
    }

    Answer all(Exchange exchange) {
        Fields fields = inside.fields(exchange, "vpnGroup", answers);
        String group = access.vpnGroup(fields);
        access.checkGroup(group);
        return page(exchange, fields, outbox.find(message -> message.vpnGroup().equals(group)));
    }

    Answer send(Exchange exchange) {
        Fields fields = inside.fields(exchange, "msisdn", answers);
        String msisdn = access.msisdn(fields);
        String text = fields.required("message", Type.TEXT, any -> true);
        String group = access.vpnGroup(fields);
        access.checkGroup(group);
        IotSim sim = access.sim(msisdn, group, Access.FAILED);
        IotMessage message = outbox.send(sim.msisdn(), group, text);
        inside.counters().increment("iot.messages");
        inside.clock().schedule(inside.settings().answerDelay(), () -> arrive(message));
        return answers.with(QUEUED, QUEUED, pages.write(message));
    }

    Answer delete(Exchange exchange) {
        Fields fields = inside.fields(exchange, "id", answers);
        int id = Integer.parseInt(fields.required("id", Type.NUMBER, text -> NUMBER.matcher(text).matches()));
        return deleted(outbox.remove(message -> message.id() == id));
    }

    Answer deleteThread(Exchange exchange) {
        String msisdn = access.msisdn(inside.fields(exchange, "msisdn", answers));
        return deleted(outbox.remove(message -> message.msisdn().equals(msisdn)));
    }

    /** A SIM that is not in use gets nothing. */
    private void arrive(IotMessage message) {
        if (inventory.find(message.msisdn(), message.vpnGroup())
                .filter(sim -> IotSim.ACTIVE.equals(sim.status())).isPresent()) {
            outbox.delivered(message.id());
        }
    }

    private Answer deleted(boolean any) {
        if (!any) {
            throw answers.failed(Access.NO_RECORDS);
        }
        return answers.with(DELETED, DELETED, null);
    }

    private Answer page(Exchange exchange, Fields fields, List<IotMessage> found) {
        return answers.with(FETCHED, FETCHED, pages.write(found, number(exchange, fields, PAGE_NO, 1),
                number(exchange, fields, PAGE_SIZE, 10)));
    }

    /** From the query of the path, else from the body. */
    private int number(Exchange exchange, Fields fields, String name, int otherwise) {
        String asked = exchange.parameter(name);
        String text = asked == null ? fields.body().path(name).asText() : asked;
        if (text.isBlank()) {
            return otherwise;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new Refused(answers.unreadable());
        }
        return Integer.parseInt(text);
    }

    private static LocalDateTime time(Fields fields, String name) {
        return LocalDateTime.parse(fields.required(name, Type.TEXT, MessageCalls::isTime), MessagePage.TIME);
    }

    private static boolean isTime(String text) {
        try {
            return LocalDateTime.parse(text, MessagePage.TIME) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
