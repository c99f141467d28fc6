package io.github.cameldaraja.simulator.iot;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.IotSim;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * How many SIM cards were in which state, day by day.
 */
final class TrendCall {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final long LONGEST = 366;

    private final Inside inside;
    private final Inventory inventory;
    private final IotAnswers answers;
    private final Access access;

    TrendCall(Inside inside, Inventory inventory, IotAnswers answers, Access access) {
        this.inside = inside;
        this.inventory = inventory;
        this.answers = answers;
        this.access = access;
    }

    Answer trends(Exchange exchange) {
        Fields fields = inside.fields(exchange, "vpnGroup", answers);
        String group = access.vpnGroup(fields);
        LocalDate first = LocalDate.parse(fields.required("startDate", Type.TEXT, TrendCall::isDay), DAY);
        LocalDate last = last(fields);
        access.checkUser(access.username(fields));
        access.checkGroup(group);
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) > LONGEST) {
            throw new Refused(answers.unreadable());
        }
        ObjectNode body = answers.object();
        ObjectNode trend = body.putArray("body").addObject();
        ArrayNode pooled = trend.putArray("pooledTrend");
        ArrayNode suspended = trend.putArray("suspendedTrend");
        ArrayNode dates = trend.putArray("dates");
        ArrayNode active = trend.putArray("activeTrend");
        ArrayNode idle = trend.putArray("idleTrend");
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            pooled.add("0");
            suspended.add(count(group, IotSim.SUSPENDED, day));
            dates.add(DAY.format(day));
            active.add(count(group, IotSim.ACTIVE, day));
            idle.add(count(group, IotSim.IDLE, day));
        }
        return answers.success(body);
    }

    private String count(String group, String status, LocalDate day) {
        return Long.toString(inventory.count(group, status, day));
    }

    /** The sample and the table of the portal's page name it differently. */
    private static LocalDate last(Fields fields) {
        String table = fields.optional("endDate", TrendCall::isDay);
        return LocalDate.parse(table.isEmpty() ? fields.required("stopDate", Type.TEXT, TrendCall::isDay) : table,
                DAY);
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text, DAY) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
