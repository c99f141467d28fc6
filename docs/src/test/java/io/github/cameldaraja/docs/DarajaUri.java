package io.github.cameldaraja.docs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint URI that somebody is told to use.
 *
 * @param where where it stands
 * @param uri   complete, YAML's parameters included
 */
record DarajaUri(String where, String uri, Side side) {

    enum Side { CONSUMER, PRODUCER, UNKNOWN }

    private static final Pattern IN_TEXT = Pattern.compile("(?:(\\w+)\\(\\s*\")?(?<![\\w/.-])(daraja:[A-Za-z][^\\s\"'`|<>\\])]*)");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Set<String> CONSUMERS = Set.of("from", "fromF", "pollEnrich");
    private static final Set<String> PRODUCERS = Set.of("to", "toD", "toF", "wireTap", "enrich", "send", "asyncSend", "request",
            "requestBody", "asyncRequestBody", "sendBody");
    /** Stands for any operation where the syntax is explained. */
    private static final String SYNTAX = "daraja:operation";
    /** Begins the names of transformers, which are no endpoints. */
    private static final String TRANSFORMER = "daraja:application-cloudevents";

    /** All URIs of a file, whatever it is. */
    static List<DarajaUri> in(Path file) {
        String name = Project.name(file);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return inYaml(name, Project.read(file));
        }
        if (!name.endsWith(".md") && !name.endsWith(".adoc")) {
            return inText(name, Project.read(file));
        }
        List<DarajaUri> found = new ArrayList<>(inText(name, CodeBlock.without(file, "yaml")));
        CodeBlock.of(file).stream().filter(block -> block.language().equals("yaml"))
                .forEach(block -> found.addAll(inYaml(block.where(), block.text())));
        return found;
    }

    static List<DarajaUri> inText(String where, String text) {
        List<DarajaUri> found = new ArrayList<>();
        for (Matcher uri = IN_TEXT.matcher(JOINED.matcher(text).replaceAll("")); uri.find();) {
            String clean = uri.group(2).replaceAll("[.,;:]+$", "");
            if (!clean.startsWith(TRANSFORMER) && !clean.equals(SYNTAX) && !clean.startsWith(SYNTAX + "[") && !clean.startsWith(SYNTAX + "?")) {
                found.add(new DarajaUri(where, clean, side(uri.group(1))));
            }
        }
        return found;
    }

    static List<DarajaUri> inYaml(String where, String text) {
        List<DarajaUri> found = new ArrayList<>();
        walk(where, CodeBlock.yaml(text), null, found);
        return found;
    }

    private static void walk(String where, Object node, String key, List<DarajaUri> found) {
        if (node instanceof Map<?, ?> map) {
            Object uri = map.get("uri");
            if (isOurs(uri)) {
                found.add(new DarajaUri(where, withParameters(uri.toString(), map.get("parameters")), side(key)));
            }
            map.forEach((name, value) -> {
                if (!"uri".equals(name)) {
                    walk(where, value, String.valueOf(name), found);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> walk(where, item, key, found));
        } else if (isOurs(node)) {
            found.add(new DarajaUri(where, node.toString(), side(key)));
        }
    }

    private static boolean isOurs(Object text) {
        return text instanceof String string && string.startsWith("daraja:") && !string.startsWith(TRANSFORMER);
    }

    private static String withParameters(String uri, Object parameters) {
        StringBuilder complete = new StringBuilder(uri);
        if (parameters instanceof Map<?, ?> map) {
            map.forEach((name, value) -> complete.append(complete.indexOf("?") < 0 ? '?' : '&').append(name).append('=')
                    .append(URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8)));
        }
        return complete.toString();
    }

    private static Side side(String step) {
        return step == null ? Side.UNKNOWN : CONSUMERS.contains(step) ? Side.CONSUMER
                : PRODUCERS.contains(step) ? Side.PRODUCER : Side.UNKNOWN;
    }
}
