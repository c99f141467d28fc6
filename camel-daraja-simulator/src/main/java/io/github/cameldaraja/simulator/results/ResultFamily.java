package io.github.cameldaraja.simulator.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultRequest;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Attempts;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Paths;
import io.vertx.core.Future;

/**
 * The APIs that tell their results later: B2C, Pochi, B2B, tax, status, balance and reversal.
 */
public final class ResultFamily implements Family {

    /** Payments to customers. */
    public static final String B2C_PATH = "/mpesa/b2c/v3/paymentrequest";
    /** Payments to customers, the old version. */
    public static final String B2C_V1_PATH = "/mpesa/b2c/v1/paymentrequest";
    /** Payments to customers with a document. */
    public static final String VALIDATED_B2C_PATH = "/mpesa/b2cvalidate/v2/paymentrequest";
    /** Payments to Pochis. */
    public static final String POCHI_PATH = "/mpesa/b2pochi/v1/paymentrequest";
    /** Payments to organisations and transfers among own accounts. */
    public static final String B2B_PATH = "/mpesa/b2b/v1/paymentrequest";
    /** Taxes. */
    public static final String TAX_PATH = "/mpesa/b2b/v1/remittax";
    /** Questions after transactions. */
    public static final String STATUS_PATH = "/mpesa/transactionstatus/v1/query";
    /** Questions after balances. */
    public static final String BALANCE_PATH = "/mpesa/accountbalance/v1/query";
    /** Payments given back. */
    public static final String REVERSAL_PATH = "/mpesa/reversal/v1/request";

    private final Json json;
    private final ResultFates fates;
    private final Identities identities = new Identities();
    private final OperatorDesk operator;
    private final ResultDesk desk;
    private final Map<String, ResultEndpoint> endpoints = new LinkedHashMap<>();

    /** With a plan for requests to come. */
    public ResultFamily(Inside inside, Attempts<About, ResultFate> planned) {
        json = inside.json();
        fates = new ResultFates(planned);
        Merchant merchant = new Merchant(inside.settings(), inside.customers());
        Jobs jobs = new Jobs();
        operator = new OperatorDesk(inside.settings().credentials(), inside.operator(), inside.counters());
        desk = new ResultDesk(inside, merchant, fates, operator, jobs);
        Forms forms = new Forms(inside.formats());
        Service b2c = new CustomerPayments(ResultApi.B2C, inside, merchant, identities);
        serve(inside, B2C_PATH, forms.b2c(), b2c);
        serve(inside, B2C_V1_PATH, forms.b2cVersion1(), b2c);
        serve(inside, VALIDATED_B2C_PATH, forms.validatedB2c(),
                new CustomerPayments(ResultApi.VALIDATED_B2C, inside, merchant, identities));
        serve(inside, POCHI_PATH, forms.pochi(),
                new CustomerPayments(ResultApi.POCHI, inside, merchant, identities));
        serve(inside, B2B_PATH, forms.b2b(), new BusinessPayments(ResultApi.B2B, inside, merchant));
        serve(inside, TAX_PATH, forms.tax(), new BusinessPayments(ResultApi.TAX, inside, merchant));
        serve(inside, STATUS_PATH, forms.status(),
                new StatusQueries(inside, merchant, new Archive(inside.ledger(), merchant, jobs)));
        serve(inside, BALANCE_PATH, forms.balance(), new Balances(inside));
        serve(inside, REVERSAL_PATH, forms.reversal(), new Reversals(inside, merchant));
    }

    @Override
    public void mount(Paths paths) {
        endpoints.forEach((path, endpoint) -> paths.post(path, endpoint::handle));
    }

    @Override
    public void control(ControlPaths paths) {
        paths.postLater("/results/:id/resend", call -> resend(call.parameter("id"))
                .map(status -> json.object().put("status", status)));
    }

    @Override
    public void reset() {
        desk.reset();
        fates.reset();
        identities.reset();
        operator.unlock();
    }

    /** The plans for requests to come. */
    public ResultFates fates() {
        return fates;
    }

    /** Who has which identity document. */
    public Identities identities() {
        return identities;
    }

    /** Whether the API operator may come in. */
    public OperatorDesk operator() {
        return operator;
    }

    /** All accepted requests. */
    public List<ResultRequest> requests() {
        return desk.requests();
    }

    /**
     * Sends a result again; fails with {@link NoSuchElementException} for an unknown request and with
     * {@link IllegalStateException} while it is pending.
     */
    public Future<Integer> resend(String id) {
        return desk.resend(id);
    }

    private void serve(Inside inside, String path, Form form, Service service) {
        endpoints.put(path, new ResultEndpoint(inside, desk, form, service));
    }
}
