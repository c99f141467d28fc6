package io.github.cameldaraja.management;

import java.util.Collection;
import java.util.Map;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** The developer console of the component: what {@link ComponentDesk} says, for people as text. Names nobody. */
@DevConsole(name = "daraja", displayName = "Daraja",
            description = "M-Pesa payments: store, outcomes, callbacks, accounts and their tokens")
public class DarajaDevConsole extends AbstractDevConsole {

    public DarajaDevConsole() {
        super("camel", "daraja", "Daraja", "M-Pesa payments: store, outcomes, callbacks, accounts and their tokens");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        write(figures(), "", text);
        return text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        return object(figures());
    }

    // a console that breaks says less than one that tells what is broken
    private Map<String, Object> figures() {
        ComponentDesk desk = getCamelContext().hasService(ComponentDesk.class);
        if (desk == null) {
            return Map.of("error", "no daraja component is started");
        }
        try {
            return desk.figures();
        } catch (RuntimeException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }

    private static void write(Map<?, ?> values, String indent, StringBuilder text) {
        values.forEach((name, value) -> {
            if (value instanceof Map<?, ?> group) {
                text.append(indent).append(name).append(":\n");
                write(group, indent + "    ", text);
            } else if (value instanceof Collection<?> list) {
                text.append(indent).append(name).append(":\n");
                for (Object one : list) {
                    write((Map<?, ?>) one, indent + "    ", text);
                    text.append('\n');
                }
            } else {
                text.append(indent).append(name).append(": ").append(value == null ? "-" : value).append('\n');
            }
        });
    }

    private static JsonObject object(Map<?, ?> values) {
        JsonObject object = new JsonObject();
        values.forEach((name, value) -> object.put(String.valueOf(name), plain(value)));
        return object;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> group) {
            return object(group);
        }
        if (value instanceof Collection<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(one -> array.add(plain(one)));
            return array;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
