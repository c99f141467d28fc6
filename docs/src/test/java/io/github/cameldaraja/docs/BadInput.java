package io.github.cameldaraja.docs;

import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Merchant;
import io.github.cameldaraja.api.RequestApi;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a caller who writes that hears: the page chooses the bodies, the API answers. */
final class BadInput {

    private static final Pattern BODY = Pattern.compile("(?m)^\\| `\\+(.*)\\+`$");
    private static final Merchant PAY_BILL = new Merchant("600100", null);

    private BadInput() {
    }

    /**
     * The table anew.
     *
     * @param old the table as it stands in the page; of a new one the cells with the bodies are enough
     */
    static String table(RequestApi api, String old) {
        return "[cols=\"1,1\",options=\"header\"]\n|===\n| Body | Refused, because\n\n" + BODY.matcher(old).results()
                .map(body -> "| `+" + body.group(1) + "+`\n| " + message(api, body.group(1)).replace("|", "\\|") + "\n")
                .collect(Collectors.joining("\n")) + "|===\n";
    }

    private static String message(RequestApi api, String body) {
        try {
            Map<String, Object> given = new LinkedHashMap<>();
            raw(api, body.getBytes(StandardCharsets.UTF_8)).forEach((name, value) -> given.put(api.field(name).name(), value));
            api.defaults(PAY_BILL).forEach(given::putIfAbsent);
            Fields.check(api, given);
        } catch (InvalidFieldException e) {
            return e.getMessage();
        }
        throw new AssertionError("the page " + api.name() + " says that this body is refused, and it is not: " + body);
    }

    private static Map<String, Object> raw(RequestApi api, byte[] body) {
        JsonObject object = Json.readObject(body);
        return object != null ? object.toMap() : Map.of(api.listField(), Json.readList(body));
    }
}
