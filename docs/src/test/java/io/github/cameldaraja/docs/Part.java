package io.github.cameldaraja.docs;

import io.github.cameldaraja.Operations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a page that is written from the code.
 *
 * @param name in its marks
 */
record Part(Path page, String name, String text) {

    /** All of them. The bad inputs are chosen in the pages, so those must have their marks before. */
    static List<Part> all() {
        List<Part> parts = new ArrayList<>();
        Tables.all().forEach((name, text) -> parts.add(new Part(Project.ROOT.resolve("docs/daraja-component.adoc"), name, text)));
        parts.add(new Part(Project.ROOT.resolve("docs/apis.adoc"), "operations", ApiTables.index(Operations.table())));
        CodeTables.all(Operations.table())
                .forEach((name, text) -> parts.add(new Part(Project.ROOT.resolve("docs/codes.adoc"), name, text)));
        Operations.table().forEach(api -> ApiTables.all(api)
                .forEach((name, text) -> parts.add(new Part(Project.page(api.name()), name, text))));
        return parts;
    }

    /** What the page has there now. */
    String written() {
        return Marks.between(Project.read(page), name);
    }

    void write() {
        Project.write(page, Marks.with(Project.read(page), name, text));
    }

    @Override
    public String toString() {
        return name + " of " + Project.name(page);
    }
}
