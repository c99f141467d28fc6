package io.github.cameldaraja.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Serves the pages for people.
 */
final class Pages {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final DarajaSimulator simulator;

    Pages(DarajaSimulator simulator) {
        this.simulator = simulator;
    }

    void mount(Router router) {
        page(router, OverviewPage.PATH, new OverviewPage(simulator)::html);
        page(router, HandsetPage.PATH, new HandsetPage(simulator)::html);
        page(router, BooksPage.PATH, new BooksPage(simulator)::html);
        router.post(HandsetPage.PATH).handler(this::answerPrompt);
        file(router, "page.css", "text/css;charset=UTF-8");
        file(router, "page.js", "text/javascript;charset=UTF-8");
        router.get("/favicon.ico").handler(routing -> routing.response().setStatusCode(204).end());
    }

    private void page(Router router, String path, Supplier<String> html) {
        router.get(path).handler(routing -> routing.response()
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cache-Control", "no-store")
                .end(html.get()));
    }

    private void file(Router router, String name, String type) {
        String text = read(name);
        router.get("/simulator/" + name)
                .handler(routing -> routing.response().putHeader("Content-Type", type).end(text));
    }

    private void answerPrompt(RoutingContext routing) {
        String id = routing.request().getFormAttribute("id");
        try {
            if ("cancel".equals(routing.request().getFormAttribute("answer"))) {
                simulator.handset().cancel(id);
            } else {
                simulator.handset().enterPin(id, routing.request().getFormAttribute("pin"));
            }
        } catch (IllegalArgumentException e) {
            // the prompt is gone; the page shows what is left
        }
        routing.response().setStatusCode(303).putHeader("Location", HandsetPage.PATH).end();
    }

    private static String read(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
