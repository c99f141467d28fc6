package io.github.cameldaraja.simulator.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import io.github.cameldaraja.simulator.Customers;
import io.github.cameldaraja.simulator.Handset;
import io.github.cameldaraja.simulator.money.Ledger;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Serves the pages for people.
 */
public final class Pages {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final OverviewPage overview;
    private final HandsetPage phones;
    private final BooksPage books;
    private final Handset handset;

    public Pages(OverviewPage overview, Ledger ledger, Customers customers, Handset handset) {
        this.overview = overview;
        this.phones = new HandsetPage(handset);
        this.books = new BooksPage(ledger, customers);
        this.handset = handset;
    }

    /** Says where they are. */
    public void mount(Router router) {
        page(router, OverviewPage.PATH, overview::html);
        page(router, HandsetPage.PATH, phones::html);
        page(router, BooksPage.PATH, books::html);
        router.post(HandsetPage.PATH).handler(this::answerPrompt);
        file(router, "page.css", "text/css;charset=UTF-8", read("page.css"));
        file(router, "page.js", "text/javascript;charset=UTF-8", read("page.js"));
        file(router, OverviewPage.CERTIFICATE, "application/x-pem-file", overview.certificate());
        router.get("/favicon.ico").handler(routing -> routing.response().setStatusCode(204).end());
    }

    private void page(Router router, String path, Supplier<String> html) {
        router.get(path).handler(routing -> routing.response()
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cache-Control", "no-store")
                .end(html.get()));
    }

    private static void file(Router router, String name, String type, String text) {
        router.get("/simulator/" + name)
                .handler(routing -> routing.response().putHeader("Content-Type", type).end(text));
    }

    private void answerPrompt(RoutingContext routing) {
        String id = routing.request().getFormAttribute("id");
        try {
            if ("cancel".equals(routing.request().getFormAttribute("answer"))) {
                handset.cancel(id);
            } else {
                handset.enterPin(id, routing.request().getFormAttribute("pin"));
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
