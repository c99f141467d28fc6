package io.github.cameldaraja.simulator.iot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
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
 * The calls about SIM cards.
 */
final class SimCalls {

    private static final String GROUP = "vpnGroup";
    private static final String PRODUCT = "14307001";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final Inside inside;
    private final Inventory inventory;
    private final IotAnswers answers;
    private final Access access;

    SimCalls(Inside inside, Inventory inventory, IotAnswers answers, Access access) {
        this.inside = inside;
        this.inventory = inventory;
        this.answers = answers;
        this.access = access;
    }

    Answer all(Exchange exchange) {
        Fields fields = inside.fields(exchange, GROUP, answers);
        List<String> groups = groups(fields.body().get(GROUP));
        int start = start(fields);
        int size = number(fields.required("pageSize", Type.TEXT, SimCalls::isNumber));
        access.checkUser(access.username(fields));
        groups.forEach(access::checkGroup);
        Set<String> wanted = new HashSet<>(groups);
        ObjectNode body = answers.object();
        ArrayNode list = body.putArray("Desc");
        inventory.all().stream().filter(sim -> wanted.contains(sim.vpnGroup())).skip(start).limit(size)
                .forEach(sim -> describe(sim, list.addObject()));
        return answers.success(body);
    }

    Answer lifeCycle(Exchange exchange) {
        IotSim sim = sim(exchange, Access.NO_RECORDS);
        return answers.success(answers.object()
                .put("desc", "Operation successfull")
                .put("status", sim.status())
                .put("statusCode", switch (sim.status()) {
                    case IotSim.ACTIVE -> "0";
                    case IotSim.SUSPENDED -> "2";
                    default -> "1";
                }));
    }

    Answer customerInfo(Exchange exchange) {
        IotSim sim = sim(exchange, Access.NO_RECORDS);
        return answers.success(answers.object()
                .put("offeringName", "Machine Data 500MB + 30SMS")
                .put("offeringStatus", productStatus(sim))
                .put("subscriberStatus", sim.status())
                .put("offeringId", PRODUCT)
                .put(GROUP, sim.vpnGroup()));
    }

    Answer activate(Exchange exchange) {
        IotSim sim = sim(exchange, Access.FAILED);
        if (!IotSim.IDLE.equals(sim.status())) {
            throw answers.failed(Access.FAILED);
        }
        inventory.change(sim.msisdn(), found -> found.activated(answers.now()));
        return answers.success(answers.object()
                .put("Desc", "Line activated successfully")
                .put("requestId", inside.ids().request())
                .put("ID", sim.msisdn()));
    }

    Answer rename(Exchange exchange) {
        Fields fields = inside.fields(exchange, "msisdn", answers);
        String msisdn = access.msisdn(fields);
        String group = access.vpnGroup(fields);
        String user = access.username(fields);
        String name = fields.required("assetName", Type.TEXT, text -> true);
        IotSim sim = permitted(msisdn, group, user, Access.FAILED);
        inventory.change(sim.msisdn(), found -> found.renamed(name));
        return answers.with("Success", "Asset renamed successfully", answers.object()
                .put("result", "Success")
                .put("desc", IotAnswers.DONE));
    }

    Answer suspend(Exchange exchange) {
        Fields fields = inside.fields(exchange, "msisdn", answers);
        String msisdn = access.msisdn(fields);
        String user = access.username(fields);
        String group = access.vpnGroup(fields);
        fields.required("product", Type.TEXT, text -> true);
        String operation = fields.required("operation", Type.TEXT, Set.of("suspend", "resume")::contains);
        IotSim sim = permitted(msisdn, group, user, Access.FAILED);
        String before = "suspend".equals(operation) ? IotSim.ACTIVE : IotSim.SUSPENDED;
        if (!sim.status().equals(before)) {
            throw answers.failed(Access.FAILED);
        }
        inventory.change(sim.msisdn(),
                found -> found.in("suspend".equals(operation) ? IotSim.SUSPENDED : IotSim.ACTIVE));
        return answers.success(answers.object()
                .put("statusCode", 0)
                .put("statusDesc", "Operation successfully."));
    }

    private IotSim sim(Exchange exchange, String otherwise) {
        Fields fields = inside.fields(exchange, "msisdn", answers);
        String msisdn = access.msisdn(fields);
        String group = access.vpnGroup(fields);
        return permitted(msisdn, group, access.username(fields), otherwise);
    }

    private IotSim permitted(String msisdn, String group, String user, String otherwise) {
        access.checkUser(user);
        access.checkGroup(group);
        return access.sim(msisdn, group, otherwise);
    }

    /** A list of texts, or one text. */
    private List<String> groups(JsonNode node) {
        List<String> groups = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            array.forEach(element -> groups.add(element.asText()));
        } else if (node != null && node.isTextual()) {
            groups.add(node.textValue());
        }
        if (groups.isEmpty()) {
            throw new Refused(answers.unreadable());
        }
        return groups;
    }

    /** The sample of the portal's page lacks the last letter of the name. */
    private static int start(Fields fields) {
        String table = fields.optional("startAtIndex", SimCalls::isNumber);
        String sample = fields.optional("startAtInde", SimCalls::isNumber);
        return number(table.isEmpty() ? sample : table);
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static void describe(IotSim sim, ObjectNode view) {
        view.put("life_cycle_status", sim.status())
                .put("iccid", "8925402" + sim.msisdn() + "0")
                .put("asset_name", sim.assetName())
                .put("activation_date", sim.activatedAt())
                .put("expiry_date", "2040")
                .put("imei", "-")
                .put("product_status", productStatus(sim))
                .put("imsi", "63902" + sim.msisdn().substring(2))
                .put("msisdn", sim.msisdn())
                .put("vpn_group", sim.vpnGroup())
                .put("activation_agent", "-");
    }

    private static String productStatus(IotSim sim) {
        return IotSim.IDLE.equals(sim.status()) ? IotSim.IDLE : IotSim.ACTIVE;
    }
}
