package io.github.cameldaraja.simulator;

import java.util.List;

import io.github.cameldaraja.simulator.iot.Inventory;
import io.github.cameldaraja.simulator.iot.IotFamily;

/**
 * The merchant's machines.
 */
public final class IotSims {

    private final IotFamily family;

    IotSims(IotFamily family) {
        this.family = family;
    }

    /** The merchant's account. */
    public String vpnGroup() {
        return Inventory.OWN_GROUP;
    }

    /** An account that exists but belongs to somebody else. */
    public String foreignVpnGroup() {
        return Inventory.FOREIGN_GROUP;
    }

    /** All SIM cards, in order of appearance. */
    public List<IotSim> sims() {
        return family.inventory().all();
    }

    /** Adds a SIM card or replaces the one with the same number. */
    public void add(IotSim sim) {
        family.inventory().keep(sim);
    }

    /** This user may do nothing. */
    public void forbid(String username) {
        family.inventory().forbid(username);
    }

    /** All messages, in the order in which they were sent. */
    public List<IotMessage> messages() {
        return family.messages();
    }
}
