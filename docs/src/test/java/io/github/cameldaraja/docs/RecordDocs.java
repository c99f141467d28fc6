package io.github.cameldaraja.docs;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources say about the components of a record, in its {@code @param} texts. */
final class RecordDocs {

    private static final Pattern PARAM = Pattern.compile("@param\\s+(\\w+)\\s+([^@{]*(?:\\{@[^}]*}[^@{]*)*)");

    private RecordDocs() {
    }

    /** The texts in AsciiDoc, by component in the order of the record; null where there is none. */
    static Map<String, String> of(Class<?> type) {
        String source = Project.read(Project.source(type));
        int record = source.indexOf("record " + type.getSimpleName() + "(");
        int comment = source.lastIndexOf("/**", record);
        String javadoc = source.substring(comment, record);
        Map<String, String> said = new LinkedHashMap<>();
        for (Matcher param = PARAM.matcher(javadoc.replaceAll("(?s)\\*/.*", "").replaceAll("\\n\\s*\\*", "\n"));
                param.find();) {
            said.put(param.group(1), text(param.group(2)));
        }
        Map<String, String> all = new LinkedHashMap<>();
        Stream.of(type.getRecordComponents()).map(RecordComponent::getName).forEach(name -> all.put(name, said.get(name)));
        return all;
    }

    /** The record of that name in the class, or null. */
    static Class<?> nested(Class<?> owner, String name) {
        return List.of(owner.getDeclaredClasses()).stream().filter(type -> type.isRecord() && type.getSimpleName().equals(name))
                .findFirst().orElse(null);
    }

    private static String text(String javadoc) {
        return javadoc.strip().replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^} ]*)}", "`$1`")
                .replaceAll("</?\\w+>", "");
    }
}
