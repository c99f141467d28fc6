package io.github.cameldaraja.simulator.c2b;

import io.github.cameldaraja.simulator.PhonePayment;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.Attempts;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;
import io.vertx.core.Future;

/**
 * C2B: addresses, simulated payments, payments from the phone, validation and confirmation.
 */
public final class C2bFamily implements Family {

    /** Where addresses are registered today. */
    public static final String REGISTER_PATH = "/mpesa/c2b/v2/registerurl";
    /** Where addresses were registered before. */
    public static final String REGISTER_V1_PATH = "/mpesa/c2b/v1/registerurl";
    /** Where payments are simulated today. */
    public static final String SIMULATE_PATH = "/mpesa/c2b/v2/simulate";
    /** Where payments were simulated before. */
    public static final String SIMULATE_V1_PATH = "/mpesa/c2b/v1/simulate";

    private final Inside inside;
    private final Merchant merchant;
    private final Registry registry;
    private final ConfirmationPlans plans;
    private final ConfirmationDesk confirmations;
    private final PaymentDesk desk;
    private final NameEnquirer names;
    private final RequestFaults registerFaults;
    private final RequestFaults simulateFaults;

    /** With a plan for confirmations to come. */
    public C2bFamily(Inside inside, Attempts<String, ConfirmationPlan> planned) {
        this.inside = inside;
        plans = new ConfirmationPlans(planned);
        merchant = new Merchant(inside.settings().credentials());
        registry = new Registry(merchant, inside.settings().validation());
        MessageWriter writer = new MessageWriter(inside.json(), inside.ledger(), inside.customers(), merchant);
        confirmations = new ConfirmationDesk(inside, registry, plans, writer);
        desk = new PaymentDesk(inside, merchant, registry, new Validator(inside, writer), confirmations);
        names = new NameEnquirer(inside);
        registerFaults = new RequestFaults(inside, TokenRefusal.C2B);
        simulateFaults = new RequestFaults(inside, TokenRefusal.C2B);
        inside.ledger().onPayment(confirmations::paid);
    }

    @Override
    public void mount(Paths paths) {
        paths.post(REGISTER_PATH, register(Version.V2)::handle);
        paths.post(REGISTER_V1_PATH, register(Version.V1)::handle);
        paths.post(SIMULATE_PATH, simulate(Version.V2)::handle);
        paths.post(SIMULATE_V1_PATH, simulate(Version.V1)::handle);
    }

    @Override
    public void reset() {
        registry.reset();
        plans.reset();
        confirmations.reset();
        registerFaults.reset();
        simulateFaults.reset();
    }

    /** A customer pays from his phone. */
    public Future<PhonePayment> pay(String phone, String shortCode, String reference, long amount) {
        return desk.pay(phone, shortCode, reference, amount);
    }

    /** Switches validation for a short code. */
    public void validate(String shortCode, boolean active) {
        registry.validate(shortCode, active);
    }

    /** Deletes the addresses of a short code; tells whether there were any. */
    public boolean forget(String shortCode) {
        return registry.forget(shortCode);
    }

    /** Sends a confirmation again. */
    public Future<Integer> resend(String receipt) {
        return confirmations.resend(receipt);
    }

    /** What is to become of confirmations. */
    public ConfirmationPlans plans() {
        return plans;
    }

    /** What is to go wrong with registrations. */
    public RequestFaults registerFaults() {
        return registerFaults;
    }

    /** What is to go wrong with simulations. */
    public RequestFaults simulateFaults() {
        return simulateFaults;
    }

    /** Asks for names. */
    public NameEnquirer names() {
        return names;
    }

    private RegisterEndpoint register(Version version) {
        return new RegisterEndpoint(inside, merchant, registry, registerFaults, version);
    }

    private SimulateEndpoint simulate(Version version) {
        return new SimulateEndpoint(inside, merchant, desk, confirmations, simulateFaults, version);
    }
}
