package io.github.cameldaraja.simulator.control;

import java.math.BigDecimal;
import java.util.NoSuchElementException;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.C2b;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.NameAnswer;
import io.github.cameldaraja.simulator.PhonePayment;
import io.github.cameldaraja.simulator.wire.Call;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Values;
import io.vertx.core.Future;

/**
 * Lets customers pay from their phones and says what becomes of confirmations.
 */
public final class C2bCalls {

    private static final String PHONE = "phone";
    private static final String ALL = "all";
    private static final Set<String> NOT_SCRIPT = Set.of(PHONE, ALL);

    private final C2b c2b;
    private final Json json;
    private final Steps<ConfirmationScript> steps = new Steps<ConfirmationScript>()
            .flag("lost", ConfirmationScript::lost)
            .flag("duplicate", ConfirmationScript::duplicate)
            .step("times", (script, value) -> script.times(Values.small(value)))
            .step("after", (script, value) -> script.after(Values.seconds(value)))
            .flag("first", ConfirmationScript::first)
            .flag("beforeAnswer", ConfirmationScript::beforeAnswer)
            .flag("clearPhone", ConfirmationScript::clearPhone)
            .flag("hashedPhone", ConfirmationScript::hashedPhone)
            .flag("starredPhone", ConfirmationScript::starredPhone)
            .flag("firstNameOnly", ConfirmationScript::firstNameOnly)
            .flag("emptyNames", ConfirmationScript::emptyNames)
            .flag("nullNames", ConfirmationScript::nullNames)
            .flag("withoutNames", ConfirmationScript::withoutNames)
            .flag("nulls", ConfirmationScript::nulls)
            .flag("wholeAmount", ConfirmationScript::wholeAmount)
            .flag("numericAmount", ConfirmationScript::numericAmount)
            .step("wrongAmount", (script, value) -> script.wrongAmount(new BigDecimal(value.asText())))
            .step("transactionType", (script, value) -> script.transactionType(value.asText()))
            .flag("withoutTime", ConfirmationScript::withoutTime)
            .flag("permuted", ConfirmationScript::permuted)
            .step("body", (script, value) -> script.body(value.asText()));

    public C2bCalls(C2b c2b, Json json) {
        this.c2b = c2b;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.postLater("/c2b/payments", this::pay);
        paths.post("/c2b/validation", call -> {
            c2b.validation(text(call, "shortCode"), call.body().path("active").asBoolean(true));
            return paths.done();
        });
        paths.post("/c2b/urls/forget",
                call -> json.object().put("forgotten", c2b.forgetUrls(text(call, "shortCode"))));
        paths.post("/c2b/confirmations", call -> {
            script(call.body());
            return paths.done();
        });
        paths.postLater("/c2b/confirmations/:receipt/resend", this::resend);
        paths.postLater("/c2b/names", this::ask);
        new RequestFaultCalls()
                .call("register", c2b::nextRegistration, c2b::nextRegistrationError)
                .call("simulate", c2b::nextSimulation, c2b::nextSimulationError)
                .mount(paths, "/c2b/faults");
    }

    private Future<JsonNode> pay(Call call) {
        return Future.fromCompletionStage(c2b.pay(text(call, PHONE), text(call, "shortCode"),
                call.body().path("reference").asText(""), Values.whole(call, "amount"))).map(this::view);
    }

    private Future<JsonNode> resend(Call call) {
        return Future.fromCompletionStage(c2b.resend(call.parameter("receipt")))
                .recover(failure -> Future.failedFuture(failure instanceof IllegalArgumentException
                        ? new NoSuchElementException(failure.getMessage())
                        : failure))
                .map(status -> json.object().put("status", status));
    }

    private Future<JsonNode> ask(Call call) {
        return Future.fromCompletionStage(c2b.askForName(text(call, "url"), text(call, "key"), text(call, "secret"),
                text(call, "accountNumber"), text(call, "shortCode"))).map(this::view);
    }

    private void script(ObjectNode body) {
        ConfirmationScript script = steps.read(ConfirmationScript.usual(), body, NOT_SCRIPT);
        String phone = body.path(PHONE).asText("");
        if (!phone.isEmpty()) {
            c2b.confirmationsFor(phone, script);
        } else if (body.path(ALL).asBoolean()) {
            c2b.allConfirmations(script);
        } else {
            c2b.nextConfirmation(script);
        }
    }

    private JsonNode view(PhonePayment payment) {
        return json.object()
                .put("outcome", payment.outcome().name())
                .put("receipt", payment.receipt())
                .put("code", payment.code());
    }

    private JsonNode view(NameAnswer answer) {
        return json.object()
                .put("tokenStatus", answer.tokenStatus())
                .put("status", answer.status())
                .put("body", answer.body())
                .put("requestId", answer.requestId())
                .put("accountName", answer.accountName());
    }

    private static String text(Call call, String name) {
        String text = call.body().path(name).asText("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("missing: " + name);
        }
        return text;
    }
}
