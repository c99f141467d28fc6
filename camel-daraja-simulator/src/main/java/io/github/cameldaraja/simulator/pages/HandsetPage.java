package io.github.cameldaraja.simulator.pages;

import static io.github.cameldaraja.simulator.pages.Html.escape;

import java.util.List;

import io.github.cameldaraja.simulator.Handset;
import io.github.cameldaraja.simulator.Prompt;

/**
 * The page {@code /handset}: the prompts that wait for a person.
 */
final class HandsetPage {

    static final String PATH = "/handset";

    private final Handset handset;

    HandsetPage(Handset handset) {
        this.handset = handset;
    }

    String html() {
        List<Prompt> prompts = handset.prompts();
        StringBuilder html = new StringBuilder();
        html.append("<div data-live=\"/handset\" aria-live=\"polite\">");
        if (prompts.isEmpty()) {
            html.append("<p class=\"empty\">No phone is asking anybody for a PIN.<br>Start the simulator with ")
                    .append("<code>--handset</code>, or push to <code>254700001117</code>.</p>");
        } else {
            html.append("<div class=\"phones\">");
            prompts.forEach(prompt -> phone(html, prompt));
            html.append("</div>");
        }
        html.append("</div>");
        return Html.page("Handset", PATH, html.toString());
    }

    private void phone(StringBuilder html, Prompt prompt) {
        String field = "pin-" + escape(prompt.checkoutRequestId());
        html.append("<section class=\"phone\"><h2>").append(escape(prompt.phone())).append("</h2>")
                .append("<p>Do you want to pay</p><p class=\"amount\">KSh ").append(Html.money(prompt.amount()))
                .append("</p><p>to <strong>").append(escape(prompt.payTo())).append("</strong>, account <strong>")
                .append(escape(prompt.accountReference())).append("</strong>?</p>")
                .append("<form method=\"post\" action=\"/handset\"><input type=\"hidden\" name=\"id\" value=\"")
                .append(escape(prompt.checkoutRequestId())).append("\"><label for=\"").append(field)
                .append("\">M-PESA PIN</label><input id=\"").append(field)
                .append("\" name=\"pin\" type=\"password\" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"12\">")
                .append("<div class=\"buttons\"><button name=\"answer\" value=\"pay\">Pay</button>")
                .append("<button name=\"answer\" value=\"cancel\" class=\"cancel\">Cancel</button></div></form>")
                .append("</section>");
    }
}
