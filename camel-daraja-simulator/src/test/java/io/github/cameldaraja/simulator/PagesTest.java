package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

class PagesTest extends SimulatorTest {

    @Test
    void showsTheWayIn() {
        HttpResponse<String> page = get("/");

        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).startsWith("<!DOCTYPE html>")
                .contains(sim.baseUrl(), sim.credentials().consumerKey(), sim.credentials().passkey())
                .contains("254700000032", "href=\"/handset\"", "href=\"/books\"");
    }

    @Test
    void loadsNothingFromElsewhere() {
        for (String path : new String[] {"/", "/handset", "/books"}) {
            String own = get(path).body().replace(sim.baseUrl(), "");
            assertThat(own).doesNotContain("http://", "https://", "src=\"//");
        }
        assertThat(get("/simulator/page.css").body()).contains(".phone").doesNotContain("url(", "@import");
        assertThat(get("/simulator/page.js").body()).contains("refresh");
    }

    @Test
    void showsTheBooks() {
        shop.push(shop.pushBody(Shop.PHONE, 1250).put("AccountReference", "<b>&\"'"));
        sim.clock().advance(Duration.ofSeconds(1));

        assertThat(get("/books").body())
                .contains(sim.books().payments().get(0).receipt(), Shop.PHONE, "1,250", "98,750")
                .contains("&lt;b&gt;&amp;&quot;&#39;")
                .doesNotContain("<b>");
    }

    @Test
    void offersPromptsToPeople() {
        sim.clock().freeze();
        sim.faults().forPhone(Shop.PHONE, Script.pays().offeredToHandset());
        assertThat(get("/handset").body()).contains("No phone is asking");
        String id = shop.accepted(Shop.PHONE, 1250);

        assertThat(get("/handset").body()).contains(id, "KSh 1,250", "ORDER7", "<label for=\"pin-" + id + "\">");
        assertThat(answer(id, "pay").body()).as("redirected to the page").contains("No phone is asking");
        assertThat(sim.books().payments()).hasSize(1);
        assertThat(answer(id, "pay").statusCode()).as("too late but no error").isEqualTo(200);
        String second = shop.accepted(Shop.PHONE, 1);
        answer(second, "cancel");
        assertThat(shop.query(second).body()).contains("1032");
    }

    @Test
    void everyPromptWaitsIfAsked() {
        try (DarajaSimulator manual = DarajaSimulator.start(SimulatorSettings.defaults().withHandset(true));
                Shop other = new Shop(manual)) {
            other.accepted(Shop.PHONE, 3);
            assertThat(manual.handset().prompts(Shop.PHONE)).hasSize(1);
        }
    }

    private HttpResponse<String> answer(String id, String answer) {
        String form = "id=" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "&pin=1234&answer=" + answer;
        HttpResponse<String> redirect = shop.send(shop.to("/handset")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        assertThat(redirect.statusCode()).isEqualTo(303);
        return get(redirect.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> get(String path) {
        HttpResponse<String> page = shop.send(shop.to(path).GET());
        assertThat(page.statusCode()).isEqualTo(200);
        return page;
    }
}
