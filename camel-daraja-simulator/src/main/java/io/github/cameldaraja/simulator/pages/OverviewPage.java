package io.github.cameldaraja.simulator.pages;

import static io.github.cameldaraja.simulator.pages.Html.escape;

import java.util.List;
import java.util.function.Supplier;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.stk.TestNumbers;

/**
 * The page {@code /}: where the API is, with which keys, and what can be tried.
 */
public final class OverviewPage {

    static final String PATH = "/";
    static final String CERTIFICATE = "certificate.pem";

    private final SimulatorSettings settings;
    private final TestNumbers numbers;
    private final Supplier<List<String>> paths;
    private final Supplier<String> baseUrl;

    public OverviewPage(SimulatorSettings settings, TestNumbers numbers, Supplier<List<String>> paths,
            Supplier<String> baseUrl) {
        this.settings = settings;
        this.numbers = numbers;
        this.paths = paths;
        this.baseUrl = baseUrl;
    }

    /** What encrypts the operator's password, as PEM. */
    String certificate() {
        return settings.credentials().certificatePem();
    }

    String html() {
        Credentials c = settings.credentials();
        StringBuilder html = new StringBuilder();
        html.append("<p>A local Safaricom: point your shop at <code>").append(escape(baseUrl.get()))
                .append("</code> and let invented customers pay.</p>");
        html.append("<h2>Credentials</h2><div class=\"scroll\"><table><tbody>");
        row(html, "Consumer key", c.consumerKey());
        row(html, "Consumer secret", c.consumerSecret());
        row(html, "Pay bill", c.shortCode());
        row(html, "Passkey", c.passkey());
        row(html, "Till", c.tillNumber());
        row(html, "Store number of the till", c.storeNumber());
        row(html, "Short code for payouts", settings.payoutShortCode());
        row(html, "Initiator", c.initiatorName());
        row(html, "Initiator password", c.initiatorPassword());
        row(html, "Certificate that encrypts it", "/simulator/" + CERTIFICATE);
        html.append("</tbody></table></div>");
        html.append("<h2>API</h2><div class=\"scroll\"><table><tbody>");
        for (String path : paths.get()) {
            String[] parts = path.split(" ", 2);
            row(html, parts[0], parts[1]);
        }
        html.append("</tbody></table></div>");
        numbers(html);
        return Html.page("Overview", PATH, html.toString());
    }

    private void numbers(StringBuilder html) {
        html.append("<h2>Phone numbers with a fate</h2><p class=\"soft\">Any other number belongs to somebody who pays")
                .append(" if he can.</p><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Number</th>")
                .append("<th scope=\"col\">What happens</th></tr></thead><tbody>");
        numbers.all().forEach((phone, entry) ->
                html.append("<tr><td><code>").append(escape(phone)).append("</code></td><td class=\"wrap\">")
                        .append(escape(entry.meaning())).append("</td></tr>"));
        html.append("</tbody></table></div>");
    }

    private static void row(StringBuilder html, String name, String value) {
        html.append("<tr><th scope=\"row\">").append(escape(name)).append("</th><td><code>").append(escape(value))
                .append("</code></td></tr>");
    }
}
