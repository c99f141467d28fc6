package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.cameldaraja.simulator.lookups.LookupFamily;

class CallFaultsTest extends SimulatorTest {

    private static final String PATH = LookupFamily.IMSI_PATH;

    static Stream<Arguments> answers() {
        AnswerScript usual = AnswerScript.usual();
        return Stream.of(
                Arguments.of(usual, 200, "\"imsi\"", true),
                Arguments.of(usual.errorBeforeAccepting(400, "400.001", "No"), 400, "400.001", false),
                Arguments.of(usual.errorAfterAccepting(), 500, "500.003.1001", true),
                Arguments.of(usual.errorWith200(), 200, "500.003.02", false),
                Arguments.of(usual.html503(), 503, "Incapsula", false),
                Arguments.of(usual.html503AfterAccepting(), 503, "503 Service", true),
                Arguments.of(usual.empty401(), 401, "", false),
                Arguments.of(usual.emptyBody(), 200, "", true),
                Arguments.of(usual.spikeArrest(), 429, "SpikeArrestViolation", false),
                Arguments.of(usual.apiProductFault(), 401, "apiproduct", false),
                Arguments.of(usual.soapFault(), 500, "Envelope", false),
                Arguments.of(usual.revokedToken(), 401, "401.001", false),
                Arguments.of(usual.status(409), 409, "\"imsi\"", true),
                Arguments.of(usual.body("<no/>"), 200, "<no/>", true),
                Arguments.of(usual.slow(Duration.ofMillis(20)), 200, "\"imsi\"", true));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersAsScripted(AnswerScript script, int status, String text, boolean accepted) {
        sim.calls().next(PATH, script);
        HttpResponse<String> answer = shop.post(PATH, question());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
        assertThat(sim.counters().count("imsi.accepted")).isEqualTo(accepted ? 1 : 0);
        shop.forgetToken();
        assertThat(shop.post(PATH, question()).body()).as("the script is used up").contains("\"imsi\"");
    }

    @Test
    void resetsConnections() {
        sim.calls().next(PATH, AnswerScript.usual().resetBeforeAccepting());
        assertThatThrownBy(() -> shop.post(PATH, question())).isInstanceOf(UncheckedIOException.class);
        assertThat(sim.counters().count("imsi.accepted")).isZero();
        sim.calls().next(PATH, AnswerScript.usual().resetAfterAccepting());
        assertThatThrownBy(() -> shop.post(PATH, question())).isInstanceOf(UncheckedIOException.class);
        assertThat(sim.counters().count("imsi.accepted")).isEqualTo(1);
    }

    @Test
    void keepsTheScriptOfABadCallForAGoodOne() {
        sim.calls().next(PATH, AnswerScript.usual().field("imsi", null).reversed());
        shop.post(PATH, shop.mapper.createObjectNode());
        assertThat(shop.post(PATH, question()).body()).startsWith("{\"customerNumber\"").contains("\"imsi\":null");
    }

    @Test
    void knowsEveryStepOfItsScriptsAndForgetsThemAtAReset() {
        FlatShop flat = new FlatShop(sim, shop);
        String answers = flat.control("/calls/faults", "{\"path\": \"/x\", \"?\": 1}").body();
        assertThat(steps(AnswerScript.class)).isNotEmpty().allMatch(answers::contains);
        String callbacks = flat.control("/bills/notifications/faults", "{\"?\": 1}").body();
        assertThat(steps(CallbackScript.class)).isNotEmpty().allMatch(callbacks::contains);
        String prompts = flat.control("/b2b-express/faults", "{\"?\": 1}").body();
        assertThat(steps(ExpressScript.class)).isNotEmpty().allMatch(prompts::contains);
        assertThat(flat.control("/calls/faults", "{\"path\": \"/imsi\"}").body()).contains("known are", PATH);

        sim.calls().next(PATH, AnswerScript.usual().html503());
        sim.reset();
        shop.forgetToken();
        assertThat(shop.post(PATH, question()).statusCode()).isEqualTo(200);
    }

    private ObjectNode question() {
        return shop.mapper.createObjectNode().put("customerNumber", Shop.PHONE);
    }

    private static Stream<String> steps(Class<?> script) {
        return Arrays.stream(script.getMethods())
                .filter(method -> method.getReturnType() == script && !Modifier.isStatic(method.getModifiers()))
                .map(method -> method.getName());
    }
}
