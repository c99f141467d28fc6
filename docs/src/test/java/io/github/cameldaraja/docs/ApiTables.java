package io.github.cameldaraja.docs;

import io.github.cameldaraja.api.AnswerApi;
import io.github.cameldaraja.api.ConsultationApi;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Merchant;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.ReportApi;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.StatementApi;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the generated parts of an operation's page. */
final class ApiTables {

    private static final String END = "|===\n";
    private static final Pattern DESCRIPTION = Pattern.compile("(?m)^:description: (.+)$");
    private static final String NULL = "(?:; null: (.*)|, or null)$";
    private static final Merchant PAY_BILL = new Merchant("600100", null);
    private static final Merchant TILL = new Merchant("600100", "5600301");
    private static final List<String> OPTIONS = Schema.model().getEndpointOptions().stream().map(option -> option.getName())
            .toList();

    private ApiTables() {
    }

    /** The parts that the page of this operation must have, by the name in their marks. */
    static Map<String, String> all(DarajaApi api) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (api instanceof RequestApi request) {
            parts.put("needs", needs(request));
            parts.put("fields", fields(request));
            parts.put("bad input", BadInput.table(request, Marks.between(Project.read(Project.page(api.name())), "bad input")));
        }
        if (api instanceof AnswerApi<?>) {
            parts.put("answer", components(produced(api, "answer", Fields.class, JsonObject.class)));
        }
        if (api instanceof ConsultationApi) {
            parts.put("question", components(produced(api, "question", JsonObject.class)));
        }
        if (api instanceof ReportApi report) {
            parts.put("body", components(report.body()));
        }
        if (api instanceof OutcomeApi outcome) {
            parts.put("result codes", CodeTables.results(outcome));
        }
        if (api instanceof RequestApi) {
            parts.put("errors", CodeTables.errors(api));
        }
        return parts;
    }

    /** The table of all operations. */
    static String index(Collection<? extends DarajaApi> apis) {
        return "[cols=\"3,1,1,7\",options=\"header\"]\n|===\n| Operation | `to` | `from` | What it does\n\n" + apis.stream()
                .map(api -> "| link:apis/" + api.name() + ".adoc[`" + api.name() + "`] | " + (isProducer(api) ? "yes" : "–") + " | "
                        + (isConsumer(api) ? "yes" : "–") + "\n| " + description(api) + "\n")
                .collect(Collectors.joining("\n")) + END;
    }

    static boolean isProducer(DarajaApi api) {
        return api instanceof RequestApi;
    }

    static boolean isConsumer(DarajaApi api) {
        return api instanceof OutcomeApi || !(api instanceof RequestApi) || api instanceof StatementApi<?>;
    }

    /** What a field means, in AsciiDoc; null if nobody says. */
    static String meaning(RequestApi api, Field field) {
        Class<?> request = RecordDocs.nested(api.getClass(), "Request");
        String said = request == null ? null : RecordDocs.of(request).entrySet().stream()
                .filter(component -> field.isCalled(component.getKey())).map(Map.Entry::getValue).findFirst().orElse(null);
        return said != null ? said : Schema.model().getEndpointOptions().stream()
                .filter(option -> request == null && field.isCalled(option.getName())).map(option -> option.getDescription())
                .findFirst().orElse(null);
    }

    private static String said(RequestApi api, Field field) {
        String meaning = meaning(api, field);
        return meaning == null ? "?" : meaning;
    }

    private static String description(DarajaApi api) {
        Matcher description = DESCRIPTION.matcher(Project.read(Project.page(api.name())));
        if (!description.find()) {
            throw new AssertionError("the page of " + api.name() + " has no line :description:");
        }
        return description.group(1);
    }

    private static String needs(RequestApi api) {
        List<String> needs = new ArrayList<>(List.of("`consumerKey` and `consumerSecret`"));
        Stream.of(Need.values()).filter(api.needs()::contains).map(ApiTables::need).forEach(needs::add);
        if (api instanceof PaymentApi payment && payment.paysOut()) {
            needs.add("the option `idempotencyKey`; request headers are refused");
            needs.add("in production a repository that lasts, or `allowVolatile=true`");
        }
        return needs.stream().map(need -> "* " + need + "\n").collect(Collectors.joining());
    }

    private static String need(Need need) {
        return switch (need) {
            case SHORT_CODE -> "`shortCode`";
            case PASSKEY -> "`passkey`";
            case INITIATOR -> "`initiatorName`, and `initiatorPassword` with `certificate` or a `securityCredential`";
            case CALLBACKS -> "`callbackBaseUrl`, and a way from there to the callback listener";
            case REGISTERED_URLS -> "`registeredUrlTokens`; the sandbox does without";
            case BILL_MANAGER_APP_KEY -> "`billManagerAppKey`, which `billOptIn` returned";
            case SANDBOX -> "`environment=SANDBOX`: in production it is refused at start";
        };
    }

    private static String fields(RequestApi api) {
        Map<String, String> defaults = defaults(api);
        String owned = api.owned().isEmpty() ? "" : "\nFilled by the component, and refused from anybody else: "
                + new TreeSet<>(api.owned()).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")) + ".\n";
        return "[cols=\"3,3,4,4,3\",options=\"header\"]\n|===\n| Field | Pinned by | Meaning | Must be | Left out\n\n"
                + api.fields().stream().map(field -> "| `" + field.name() + "`" + alias(field)
                        + "\n| " + pinnedBy(api, field)
                        + "\n| " + cell(said(api, field).replaceAll(NULL, ""))
                        + "\n| " + cell(field.says())
                        + "\n| " + leftOut(api, field, defaults.get(field.name())) + "\n")
                .collect(Collectors.joining("\n")) + END + owned;
    }

    private static String alias(Field field) {
        return field.option() == null ? "" : ", `" + field.option() + "`";
    }

    private static String pinnedBy(RequestApi api, Field field) {
        return field.name().equals(api.listField()) || field.says().startsWith("a list") ? "–" : OPTIONS.stream()
                .filter(field::isCalled).findFirst().map(option -> "`" + option + "`").orElse("`field." + field.name() + "`");
    }

    // what the API itself fills in, or else what its record says of null
    private static String leftOut(RequestApi api, Field field, String otherwise) {
        Matcher said = Pattern.compile(NULL).matcher(said(api, field));
        return otherwise != null ? otherwise : field.required() ? "*refused*"
                : said.find() && said.group(1) != null && !said.group(1).equals("left out") ? said.group(1) : "–";
    }

    private static Map<String, String> defaults(RequestApi api) {
        Map<String, String> defaults = new LinkedHashMap<>();
        api.defaults(PAY_BILL).forEach((name, value) -> defaults.put(name,
                value.equals(api.defaults(TILL).get(name)) && !value.equals(PAY_BILL.shortCode())
                        ? "`" + value + "`" : "the account's"));
        if (api instanceof PaymentApi payment && payment.accountReferenceField() != null) {
            defaults.put(payment.accountReferenceField(), "a short form of our reference");
        }
        return defaults;
    }

    /** The record that the method gives. */
    static Class<?> produced(DarajaApi api, String method, Class<?>... parameters) {
        return Stream.of(api.getClass().getMethods())
                .filter(found -> found.getName().equals(method) && !found.isBridge() && found.getReturnType().isRecord()
                        && List.of(found.getParameterTypes()).equals(List.of(parameters)))
                .map(Method::getReturnType).findFirst().orElseThrow();
    }

    private static String components(Class<?> type) {
        return "[cols=\"1,3\",options=\"header\"]\n|===\n| `" + name(type) + "` | Meaning\n\n" + RecordDocs.of(type).entrySet().stream()
                .map(component -> "| `" + component.getKey() + "`\n| " + cell(component.getValue()) + "\n")
                .collect(Collectors.joining("\n")) + END;
    }

    private static String name(Class<?> type) {
        return type.getEnclosingClass() == null ? type.getSimpleName()
                : type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName();
    }

    private static String cell(String text) {
        return text == null ? "?" : text.replace("|", "\\|");
    }
}
