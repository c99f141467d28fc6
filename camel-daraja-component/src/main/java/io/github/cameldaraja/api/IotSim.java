package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The SIM portal for machines: look up, activate, rename and suspend SIMs, send and read their messages (Daraja: "IoT SIM
 * Management"; samples: iot-*.request, iot-*.response).
 *
 * <p>One operation for the thirteen endpoints, chosen by {@code command}; each takes the fields that its row of the table names
 * and refuses the others.
 */
public final class IotSim implements AnswerApi<IotSim.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "iotSim";

    /**
     * What the caller asks for; what the command does not take is null.
     *
     * @param command      one of {@link #commands()}
     * @param msisdn       the SIM's number
     * @param vpnGroup     the group of SIMs; for {@code allSims} several, separated by commas
     * @param username     of the user of the portal
     * @param startAtIndex rows before the first one; null: 0
     * @param pageNo       which page; null: 1
     * @param pageSize     rows of a page; null: 10
     * @param startDate    the beginning
     * @param endDate      the end; a day means its beginning
     * @param assetName    the new name
     * @param product      what is suspended or resumed
     * @param action       what to do with the product
     * @param searchValue  a SIM's number, with 254 before it
     * @param status       which state the messages are in
     * @param message      the text to send
     * @param id           which message
     */
    public record Request(String command, String msisdn, String vpnGroup, String username, Integer startAtIndex, Integer pageNo,
                          Integer pageSize, String startDate, String endDate, String assetName, String product, String action,
                          String searchValue, String status, String message, Long id) {

        @Override
        public String toString() {
            return "IotSim.Request[" + command + " " + PhoneNumbers.mask(msisdn) + " of " + vpnGroup + "]";
        }
    }

    /**
     * What Daraja answered.
     *
     * @param code            {@code 200}
     * @param description     verbatim, or null
     * @param customerMessage for other eyes, or null
     * @param requestId       Daraja's, or null
     * @param body            what was asked for, verbatim; empty where there is none
     * @param details         the whole answer, verbatim
     */
    public record Answer(String code, String description, String customerMessage, String requestId, Map<String, Object> body,
                         Map<String, Object> details) implements DarajaAnswer {

        @Override
        public String toString() {
            return "IotSim.Answer[" + code + ", request " + requestId + "]";
        }
    }

    private static final String COMMAND = "command";
    private static final String BASE = "/simportal/v1/";
    private static final String FIRST_PAGE = "1";
    private static final String PAGE_SIZE = "10";

    private static final DateTimeFormatter DAY = format("uuuuMMdd");
    private static final DateTimeFormatter MOMENT = format("dd-MM-uuuu HH:mm:ss");
    private static final List<DateTimeFormatter> DAYS = List.of(DAY, DateTimeFormatter.ISO_LOCAL_DATE, format("dd-MM-uuuu"));
    private static final List<DateTimeFormatter> MOMENTS =
            List.of(MOMENT, DateTimeFormatter.ISO_LOCAL_DATE_TIME, format("uuuu-MM-dd HH:mm:ss"));

    private static final String DAY_OR_TIME = "a day or a time, yyyy-MM-dd or yyyy-MM-ddTHH:mm:ss";
    private static final Field GROUPS = Field.freeText("vpnGroup", 1, 500);
    private static final List<Field> FIELDS = List.of(
            Field.of(COMMAND, "one of the commands", IotSim::command).asRequired(),
            Field.digits("msisdn", 6, 15).called("phoneNumber"),
            Field.ofAny("vpnGroup", GROUPS.says(), IotSim::groups),
            Field.freeText("username", 1, 100),
            Field.number("startAtIndex", 0, 999_999_999),
            Field.number("pageNo", 0, 999_999_999),
            Field.number("pageSize", 1, 1000),
            Field.of("startDate", DAY_OR_TIME, IotSim::moment),
            Field.of("endDate", DAY_OR_TIME, IotSim::moment).called("stopDate"),
            Field.freeText("assetName", 1, 100),
            Field.freeText("product", 1, 100),
            // "operation" is taken in URIs
            Field.oneOf("operation", "suspend", "resume").called("action"),
            Field.freeText("searchValue", 1, 100),
            Field.text("status", 20),
            Field.freeText("message", 1, 1000),
            Field.number("id", 0, 999_999_999_999_999L));

    // how a value looks in the body
    private static final BiFunction<String, JsonNodeFactory, JsonNode> TEXT = (value, nodes) -> nodes.textNode(value);
    private static final BiFunction<String, JsonNodeFactory, JsonNode> NUMBER =
            (value, nodes) -> nodes.numberNode(Long.parseLong(value));
    private static final BiFunction<String, JsonNodeFactory, JsonNode> LIST = (value, nodes) -> {
        ArrayNode list = nodes.arrayNode();
        Arrays.stream(value.split(",")).map(String::trim).filter(item -> !item.isEmpty()).forEach(list::add);
        return list;
    };
    private static final BiFunction<String, JsonNodeFactory, JsonNode> AS_DAY =
            (value, nodes) -> nodes.textNode(DAY.format(LocalDateTime.parse(value)));
    private static final BiFunction<String, JsonNodeFactory, JsonNode> AS_MOMENT =
            (value, nodes) -> nodes.textNode(MOMENT.format(LocalDateTime.parse(value)));

    private static final Part MSISDN = part("msisdn", TEXT);
    private static final Part GROUP = part("vpnGroup", TEXT);
    private static final Part USER = part("username", TEXT);

    private static final Map<String, Command> COMMANDS = table(
            // the sample has startAtInde, the table of fields startAtIndex
            command("allSims", "allsims", part("vpnGroup", LIST), part("startAtIndex", TEXT).or("0"),
                    part("pageSize", TEXT).or(PAGE_SIZE), USER),
            command("queryLifeCycleStatus", "queryLifeCycleStatus", MSISDN, GROUP, USER),
            command("queryCustomerInfo", "querycustomerinfo", MSISDN, GROUP, USER),
            command("simActivation", "simactivation", MSISDN, GROUP, USER).changing(),
            // the sample has stopDate, the table of fields endDate
            command("getActivationTrends", "getactivationtrends", GROUP, part("startDate", AS_DAY),
                    part("endDate", AS_DAY).as("stopDate"), USER),
            command("renameAsset", "renameasset", MSISDN, GROUP, USER, part("assetName", TEXT)).changing(),
            command("suspendOrResume", "suspend_unsuspend_sub", MSISDN, USER, GROUP, part("product", TEXT),
                    part("operation", TEXT)).changing(),
            command("searchMessages", "searchmessages", part("searchValue", TEXT)).inPages(),
            command("filterMessages", "filtermessages", part("startDate", AS_MOMENT), part("endDate", AS_MOMENT),
                    part("status", TEXT)).inPages(),
            command("getAllMessages", "getallmessages", GROUP, part("pageNo", NUMBER).or(FIRST_PAGE),
                    part("pageSize", NUMBER).or(PAGE_SIZE)).inPages(),
            command("sendSingleMessage", "sendsinglemessage", MSISDN, part("message", TEXT), GROUP).changing(),
            command("deleteMessage", "deletemessage", part("id", NUMBER)).changing(),
            command("deleteMessageThread", "deleteMessageThread", MSISDN).changing());

    private static final SuccessRule SUCCESS =
            new PathCodeRule(NAME, "header.responseCode", "header.responseMessage", "200");

    /** The commands, in the order of Daraja's page. */
    public static Set<String> commands() {
        return COMMANDS.keySet();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        Command command = commandOf(fields);
        String path = BASE + command.endpoint;
        return command.paged ? path + "?pageNo=" + fields.get("pageNo", FIRST_PAGE) + "&pageSize="
                + fields.get("pageSize", PAGE_SIZE) : path;
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return !commandOf(fields).changes;
    }

    @Override
    public void check(Fields fields) {
        Command command = commandOf(fields);
        for (Part part : command.body) {
            if (part.otherwise == null && !fields.has(part.field)) {
                throw new InvalidFieldException(part.field, "is missing", command.name + " needs it");
            }
        }
        for (String given : fields.toMap().keySet()) {
            if (!given.equals(COMMAND) && !command.takes(given)) {
                throw new InvalidFieldException(given, "is not for " + command.name, "leave it out");
            }
        }
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (Part part : commandOf(fields).body) {
            body.set(part.wire, part.form.apply(fields.get(part.field, part.otherwise), JsonNodeFactory.instance));
        }
        return body;
    }

    @Override
    public SuccessRule success() {
        return SUCCESS;
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        JsonObject header = answer.object("header");
        return new Answer(header.text("responseCode"), header.text("responseMessage"), header.text("customerMessage"),
                header.text("requestRefId"), answer.object("body").toMap(), answer.toMap());
    }

    private static Command commandOf(Fields fields) {
        return COMMANDS.get(fields.get(COMMAND));
    }

    private static String command(String field, String text) {
        String word = text.trim();
        return COMMANDS.values().stream()
                .filter(command -> command.name.equalsIgnoreCase(word) || command.endpoint.equalsIgnoreCase(word))
                .map(command -> command.name).findFirst()
                .orElseThrow(() -> new InvalidFieldException(field, "must be one of " + String.join(", ", COMMANDS.keySet()),
                        "choose one of them"));
    }

    // a list, too, separated by commas until it is known which command wants it how
    private static Object groups(String field, Object value) {
        JsonNode node = Json.toNode(value);
        if (!node.isArray()) {
            return GROUPS.rule().apply(field, value);
        }
        List<String> groups = new ArrayList<>();
        node.forEach(item -> groups.add(item.asText()));
        return GROUPS.rule().apply(field, String.join(",", groups));
    }

    // kept in one form until it is known which command wants it how
    private static String moment(String field, String text) {
        for (DateTimeFormatter format : DAYS) {
            try {
                return LocalDate.parse(text.trim(), format).atStartOfDay().toString();
            } catch (DateTimeException e) {
                // the next form
            }
        }
        for (DateTimeFormatter format : MOMENTS) {
            try {
                return LocalDateTime.parse(text.trim(), format).toString();
            } catch (DateTimeException e) {
                // the next form, or the refusal below
            }
        }
        throw new InvalidFieldException(field, "must be a day or a time", "write it as yyyy-MM-dd or yyyy-MM-ddTHH:mm:ss");
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    private static Map<String, Command> table(Command... commands) {
        return Arrays.stream(commands).collect(Collectors.toMap(command -> command.name, command -> command,
                (one, other) -> {
                    throw new IllegalArgumentException(one.name + " is listed twice");
                }, LinkedHashMap::new));
    }

    private static Command command(String name, String endpoint, Part... body) {
        return new Command(name, endpoint, List.of(body), false, false);
    }

    private static Part part(String field, BiFunction<String, JsonNodeFactory, JsonNode> form) {
        return new Part(field, field, form, null);
    }

    // one endpoint; paged: page number and size stand in the query, too; changes: a repeat would do it twice
    private record Command(String name, String endpoint, List<Part> body, boolean paged, boolean changes) {

        Command inPages() {
            return new Command(name, endpoint, body, true, changes);
        }

        Command changing() {
            return new Command(name, endpoint, body, paged, true);
        }

        boolean takes(String field) {
            return body.stream().anyMatch(part -> part.field.equals(field))
                    || paged && (field.equals("pageNo") || field.equals("pageSize"));
        }
    }

    // one member of a body; otherwise: what is sent when nothing is said, null where it must be said
    private record Part(String field, String wire, BiFunction<String, JsonNodeFactory, JsonNode> form, String otherwise) {

        Part as(String wire) {
            return new Part(field, wire, form, otherwise);
        }

        Part or(String otherwise) {
            return new Part(field, wire, form, otherwise);
        }
    }
}
