package io.github.cameldaraja.simulator;

import io.github.cameldaraja.simulator.c2b.ConfirmationPlan;
import io.github.cameldaraja.simulator.results.About;
import io.github.cameldaraja.simulator.results.ResultFate;
import io.github.cameldaraja.simulator.stk.Fate;
import io.github.cameldaraja.simulator.wire.Attempts;

/**
 * The plan of this simulator, as its families read it.
 */
final class Plans {

    private volatile FaultPlan plan = FaultPlan.NONE;
    private final Attempts<String, Fate> pushes = new Attempts<>(this::push);
    private final Attempts<String, QueryFault> queries = new Attempts<>((phone, attempt) -> plan.query(phone, attempt));
    private final Attempts<About, ResultFate> requests = new Attempts<>(this::request);
    private final Attempts<String, ConfirmationPlan> confirmations = new Attempts<>(this::confirmation);
    private final Attempts<String, TokenFault> tokens = new Attempts<>((path, attempt) -> plan.token(attempt));
    private final Attempts<String, RequestFault> pulls = new Attempts<>((path, attempt) -> plan.pull(attempt));

    void follow(FaultPlan other) {
        plan = other;
        pushes.reset();
        queries.reset();
        requests.reset();
        confirmations.reset();
        tokens.reset();
        pulls.reset();
    }

    Attempts<String, Fate> pushes() {
        return pushes;
    }

    Attempts<String, QueryFault> queries() {
        return queries;
    }

    Attempts<About, ResultFate> requests() {
        return requests;
    }

    Attempts<String, ConfirmationPlan> confirmations() {
        return confirmations;
    }

    Attempts<String, TokenFault> tokens() {
        return tokens;
    }

    Attempts<String, RequestFault> pulls() {
        return pulls;
    }

    private Fate push(String phone, int attempt) {
        Script script = plan.push(phone, attempt);
        return script == null ? null : script.fate();
    }

    private ResultFate request(About about, int attempt) {
        ResultScript script = plan.request(about.api(), about.receiver(), about.party(), attempt);
        return script == null ? null : script.fate();
    }

    private ConfirmationPlan confirmation(String phone, int attempt) {
        ConfirmationScript script = plan.confirmation(phone, attempt);
        return script == null ? null : script.plan();
    }
}
