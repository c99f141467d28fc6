package io.github.cameldaraja.simulator.lookups;

import io.github.cameldaraja.simulator.family.Calls;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.AnswerFates;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * IMSI, SIM swap, organisation info, B2C Hakikisha, KYC validation and age on network.
 */
public final class LookupFamily implements Family {

    /** IMSI. */
    public static final String IMSI_PATH = "/imsi/v1/checkATI";
    /** SIM swap. */
    public static final String SWAP_PATH = "/imsi/v2/checkATI";
    /** Names of organisations. */
    public static final String ORGANISATION_PATH = "/sfcverify/v1/query/info";
    /** Names of customers. */
    public static final String NAME_PATH = "/mpesa/b2c/hakikisha/v1/hakikisha";
    /** Documents of customers. */
    public static final String IDENTITY_PATH = "/v1/KYC-validation/validateID";
    /** Age on network. */
    public static final String AGE_PATH = "/registration/lookup/v1/checkATI";

    private final Calls calls;
    private final Register register;
    private final SimEndpoints sims;
    private final OrganisationEndpoint organisations;
    private final NameEndpoint names;
    private final IdentityEndpoint identities;

    /** With the given plans. */
    public LookupFamily(Inside inside, AnswerFates answers) {
        this.calls = new Calls(inside, answers, TokenRefusal.PULL);
        this.register = new Register(inside.settings().credentials(), inside.customers(), inside.ledger());
        this.sims = new SimEndpoints(inside, register);
        this.organisations = new OrganisationEndpoint(inside, register);
        this.names = new NameEndpoint(inside, register);
        this.identities = new IdentityEndpoint(inside, register);
    }

    @Override
    public void mount(Paths paths) {
        calls.post(paths, IMSI_PATH, "imsi", sims::imsi);
        calls.post(paths, SWAP_PATH, "swap", sims::swap);
        calls.post(paths, ORGANISATION_PATH, "orgInfo", organisations::info);
        calls.post(paths, NAME_PATH, "b2cHakikisha", names::name);
        calls.post(paths, IDENTITY_PATH, "kyc", identities::validate);
        calls.post(paths, AGE_PATH, "ageOnNetwork", sims::age);
    }

    @Override
    public void control(ControlPaths paths) {
        new LookupControl(register).mount(paths);
    }

    @Override
    public void reset() {
        register.reset();
    }

    /** What is known. */
    public Register register() {
        return register;
    }
}
