package io.github.cameldaraja.management;

import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * A health check that never calls Safaricom. It does not count for liveness, for nothing would be better after a kill; nor for
 * readiness, unless somebody wants it so: a node that is taken out of service could not hear callbacks either.
 */
abstract class DarajaHealthCheck implements HealthCheck {

    private final String id;
    private final boolean readiness;
    private volatile boolean enabled = true;

    DarajaHealthCheck(String what, HealthSettings settings) {
        this.id = settings.id(what);
        this.readiness = settings.readiness();
    }

    abstract Result look(HealthCheckResultBuilder result);

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getGroup() {
        return "camel";
    }

    @Override
    public final boolean isEnabled() {
        return enabled;
    }

    @Override
    public final void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public final boolean isReadiness() {
        return readiness;
    }

    @Override
    public final boolean isLiveness() {
        return false;
    }

    @Override
    public final Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        return enabled ? look(result) : result.unknown().message("disabled").build();
    }
}
