package io.github.cameldaraja.simulator.pull;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.Attempts;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * Pull transactions: registration and query.
 */
public final class PullFamily implements Family {

    /** Where short codes are registered. */
    public static final String REGISTER_PATH = "/pulltransactions/v1/register";
    /** Where payments are asked for. */
    public static final String QUERY_PATH = "/pulltransactions/v1/query";

    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final Oddities oddities = new Oddities();
    private final RequestFaults registerFaults;
    private final RequestFaults queryFaults;
    private final Rows rows;
    private final PullRegisterEndpoint register;
    private final PullQueryEndpoint query;

    /** With a plan for queries to come. */
    public PullFamily(Inside inside, Attempts<String, RequestFault> planned) {
        Merchant merchant = new Merchant(inside.settings().credentials());
        registerFaults = new RequestFaults(inside, TokenRefusal.PULL);
        queryFaults = new RequestFaults(inside, TokenRefusal.PULL, () -> planned.next(QUERY_PATH));
        rows = new Rows(inside, oddities);
        register = new PullRegisterEndpoint(inside, merchant, registered, registerFaults, oddities);
        query = new PullQueryEndpoint(inside, merchant, registered, queryFaults, oddities, rows);
    }

    @Override
    public void mount(Paths paths) {
        paths.post(REGISTER_PATH, register::handle);
        paths.post(QUERY_PATH, query::handle);
        paths.get(QUERY_PATH, query::handle);
    }

    @Override
    public void reset() {
        registered.clear();
        oddities.reset();
        registerFaults.reset();
        queryFaults.reset();
        rows.reset();
    }

    /** Changes how long it takes until a payment is known. */
    public void delay(Duration delay) {
        rows.delay(delay);
    }

    /** What is odd. */
    public Oddities oddities() {
        return oddities;
    }

    /** What is to go wrong with registrations. */
    public RequestFaults registerFaults() {
        return registerFaults;
    }

    /** What is to go wrong with queries. */
    public RequestFaults queryFaults() {
        return queryFaults;
    }
}
