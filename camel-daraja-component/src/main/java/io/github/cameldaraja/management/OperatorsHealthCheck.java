package io.github.cameldaraja.management;

import io.github.cameldaraja.transaction.OperatorCircuits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether the API operators of all accounts may sign: down as long as Safaricom refuses one of them, for he pays nobody. */
public final class OperatorsHealthCheck extends StoreHealthCheck<List<OperatorCircuits.Open>> {

    private final OperatorCircuits operators;

    public OperatorsHealthCheck(OperatorCircuits operators, HealthSettings settings) {
        super("operators", settings);
        this.operators = operators;
    }

    @Override
    CompletableFuture<List<OperatorCircuits.Open>> find() {
        return operators.open();
    }

    @Override
    String silence() {
        return "the store does not say which operators Safaricom refuses";
    }

    @Override
    Result judge(HealthCheckResultBuilder result, List<OperatorCircuits.Open> refused) {
        if (refused.isEmpty()) {
            return result.up().build();
        }
        String accounts = refused.stream().map(OperatorCircuits.Open::account).sorted().collect(Collectors.joining(", "));
        refused.forEach(one -> result.detail("refused." + one.account(), "code " + one.code() + " since " + one.since()));
        return result.down().message("Safaricom refuses the operator of " + accounts + ", and nothing is paid or asked for with him;"
                + " correct his name, password or certificate, or unlock him in the portal and release him").build();
    }
}
