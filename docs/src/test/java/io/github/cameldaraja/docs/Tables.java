package io.github.cameldaraja.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/** Writes the tables of the component page from the catalog. */
final class Tables {

    private static final String FENCE = "|===\n";

    private Tables() {
    }

    /** The tables by the name in their marks. */
    static Map<String, String> all() {
        ComponentModel model = Schema.model();
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("component options", options(model.getComponentOptions()));
        tables.put("path parameters", options(model.getEndpointPathOptions()));
        tables.put("query parameters", options(model.getEndpointParameterOptions()));
        tables.put("message headers", headers(model.getEndpointHeaders()));
        return tables;
    }

    private static String options(List<? extends BaseOptionModel> options) {
        return "[cols=\"3,6,2,2\",options=\"header\"]\n" + FENCE + "| Name | Description | Default | Type\n\n" + options.stream()
                .map(option -> "| *" + option.getName() + "* (" + option.getGroup() + ")"
                        + "\n| " + text(option.getDescription())
                        + (option.isRequired() ? " *Required.*" : "") + (option.isSecret() ? " *Secret.*" : "")
                        + (option.getEnums() == null ? "" : " Values: " + String.join(", ", option.getEnums()) + ".")
                        + "\n|" + (option.getDefaultValue() == null ? "" : " " + text(option.getDefaultValue().toString()))
                        + "\n| " + option.getShortJavaType() + "\n")
                .collect(Collectors.joining("\n")) + FENCE;
    }

    private static String headers(List<ComponentModel.EndpointHeaderModel> headers) {
        return "[cols=\"4,6,2\",options=\"header\"]\n" + FENCE + "| Name | Description | Type\n\n" + headers.stream()
                .map(header -> "| `" + header.getName() + "` (" + header.getGroup() + ")"
                        + "\n| " + text(header.getDescription())
                        + "\n| " + header.getShortJavaType() + "\n")
                .collect(Collectors.joining("\n")) + FENCE;
    }

    private static String text(String text) {
        return text.replace("|", "\\|");
    }
}
