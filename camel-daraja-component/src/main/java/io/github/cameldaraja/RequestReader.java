package io.github.cameldaraja;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.TraceParent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Message;

/**
 * Puts a request together: the body first, then headers where they are allowed, then what the URI pins, which nothing may
 * contradict.
 */
final class RequestReader {

    private static final int METADATA_BYTES = 2 * 1024;

    private final RequestApi api;
    private final Map<String, Object> pinned;
    private final boolean headers;

    /**
     * @param pinned  what the URI says, by the field's wire or option name
     * @param headers whether request headers count
     * @throws InvalidFieldException if the URI pins a field that the API does not have, or a value that it refuses
     */
    RequestReader(RequestApi api, Map<String, String> pinned, boolean headers) {
        this.api = api;
        this.headers = headers;
        Map<String, Object> checked = new LinkedHashMap<>();
        pinned.forEach((name, value) -> {
            Field field = api.field(name);
            checked.put(field.name(), field.rule().apply(field.name(), value));
        });
        this.pinned = checked;
    }

    /**
     * Reads and checks a request; request headers are removed.
     *
     * @param defaults values by wire name for what nobody says
     * @throws InvalidFieldException naming field, rule and cure
     */
    Fields read(Message message, Map<String, String> defaults) {
        Map<String, Object> given = canonical(body(unwrap(message)));
        if (headers) {
            canonical(takeHeaders(message)).forEach(given::putIfAbsent);
        }
        pinned.forEach((name, value) -> pin(given, name, value));
        defaults.forEach(given::putIfAbsent);
        return Fields.check(api, given);
    }

    /** What is stored with the intent: the caller's map, and the trace that it is a part of. */
    static Map<String, String> metadata(Message message) {
        Map<String, String> metadata = own(message);
        String trace = message.getHeader(TraceParent.NAME, String.class);
        if (!TraceParent.isValid(trace)) {
            return metadata;
        }
        Map<String, String> traced = new LinkedHashMap<>(metadata);
        traced.put(TraceParent.NAME, trace);
        return traced;
    }

    private static Map<String, String> own(Message message) {
        Object header = message.getHeader(DarajaConstants.METADATA);
        if (header == null) {
            return Map.of();
        }
        if (!(header instanceof Map<?, ?> map)) {
            throw new InvalidFieldException(DarajaConstants.METADATA, "must be a map of text", "set a java.util.Map");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        map.forEach((key, value) -> metadata.put(String.valueOf(key), Objects.toString(value, "")));
        if (Json.write(metadata).length > METADATA_BYTES) {
            throw new InvalidFieldException(DarajaConstants.METADATA, "must have at most 2 KiB", "keep the rest in your own store");
        }
        return metadata;
    }

    private void pin(Map<String, Object> given, String name, Object value) {
        Object said = given.get(name);
        if (said != null) {
            Object checked = api.field(name).rule().apply(name, said);
            if (!checked.equals(value)) {
                throw new InvalidFieldException(name, "is pinned by the endpoint URI to another value",
                        "leave it out of the body, or take it out of the URI");
            }
        }
        given.put(name, value);
    }

    private Map<String, Object> canonical(Map<?, ?> raw) {
        Map<String, Object> canonical = new LinkedHashMap<>();
        raw.forEach((name, value) -> {
            if (value != null) {
                String field = api.field(String.valueOf(name)).name();
                if (canonical.put(field, value) != null) {
                    throw new InvalidFieldException(field, "is there twice, in two spellings", "leave one of them out");
                }
            }
        });
        return canonical;
    }

    private Map<?, ?> body(Object body) {
        if (body == null) {
            return Map.of();
        }
        if (body instanceof Map<?, ?> map) {
            return map;
        }
        if (body instanceof Acknowledgement acknowledgement && api.asksAboutPayments()) {
            return api.about(acknowledgement.ids());
        }
        if (body instanceof Outcome outcome && api.asksAboutPayments()) {
            return api.about(outcome.ids());
        }
        if (body instanceof Collection<?> list && api.listField() != null) {
            return Map.of(api.listField(), list);
        }
        if (body instanceof Record request && request.getClass().getEnclosingClass() == api.getClass()) {
            return Json.toMap(request);
        }
        throw new InvalidFieldException("body", "must be " + api.getClass().getSimpleName()
                + ".Request, a Map, JSON text or empty, is " + body.getClass().getSimpleName(), "convert it before this step");
    }

    private static Map<String, Object> takeHeaders(Message message) {
        String prefix = DarajaConstants.REQUEST_PREFIX.toLowerCase(Locale.ROOT);
        Map<String, Object> taken = new LinkedHashMap<>();
        Set<String> names = new HashSet<>(message.getHeaders().keySet());
        for (String name : names) {
            String field = name.length() > prefix.length() ? name.substring(prefix.length()) : "";
            // CamelDarajaRequestId is written, never read
            if (name.toLowerCase(Locale.ROOT).startsWith(prefix) && !field.equalsIgnoreCase("Id")) {
                taken.put(field, message.removeHeader(name));
            }
        }
        return taken;
    }

    // no more than tells that it is too much: a stream may have no end
    private static byte[] read(InputStream stream, int max) {
        try {
            return stream.readNBytes(max + 1);
        } catch (IOException e) {
            throw new InvalidFieldException("body", "cannot be read", "check the stream: " + e.getMessage());
        }
    }

    private String example() {
        return api.fields().stream().filter(Field::required).findFirst().map(Field::name).orElse("Amount");
    }

    /** Text, bytes and streams as a map; maps and records as they are. */
    private Object unwrap(Message message) {
        Object body = message.getBody();
        if (body == null || body instanceof Map || body instanceof Record || body instanceof Collection) {
            return body;
        }
        int max = api.listField() == null ? Json.MAX_BYTES : Json.MAX_LIST_BYTES;
        byte[] text = body instanceof String string ? string.getBytes(StandardCharsets.UTF_8)
                : body instanceof InputStream stream ? read(stream, max) : message.getBody(byte[].class);
        if (text == null) {
            return body;
        }
        if (!(body instanceof String)) {
            // a stream is read once, an error handler may want to read it again
            message.setBody(text);
        }
        if (text.length > max) {
            throw new InvalidFieldException("body", "must have at most " + max + " bytes", "send the fields alone");
        }
        if (new String(text, StandardCharsets.UTF_8).isBlank()) {
            return null;
        }
        List<?> list = api.listField() == null ? null : Json.readList(text);
        if (list != null) {
            return list;
        }
        JsonObject object = Json.readObject(text);
        if (object == null) {
            throw new InvalidFieldException("body", "must be a JSON object", "write {\"" + example() + "\": …}, or leave the body empty");
        }
        return object.toMap();
    }
}
