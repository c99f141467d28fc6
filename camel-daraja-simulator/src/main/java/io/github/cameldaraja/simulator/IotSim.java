package io.github.cameldaraja.simulator;

/**
 * A SIM card of a machine.
 *
 * @param msisdn      twelve digits beginning with 3000
 * @param vpnGroup    the account to which it belongs
 * @param assetName   what its owner calls it
 * @param status      {@code Active}, {@code Idle} or {@code Suspended}
 * @param activatedAt time of the activation as it is told, {@code -} before
 */
public record IotSim(String msisdn, String vpnGroup, String assetName, String status, String activatedAt) {

    /** In use. */
    public static final String ACTIVE = "Active";
    /** Not activated yet. */
    public static final String IDLE = "Idle";
    /** Suspended by its owner. */
    public static final String SUSPENDED = "Suspended";

    /** The same with another name. */
    public IotSim renamed(String name) {
        return new IotSim(msisdn, vpnGroup, name, status, activatedAt);
    }

    /** The same in another state. */
    public IotSim in(String otherStatus) {
        return new IotSim(msisdn, vpnGroup, assetName, otherStatus, activatedAt);
    }

    /** The same in use since then. */
    public IotSim activated(String at) {
        return new IotSim(msisdn, vpnGroup, assetName, ACTIVE, at);
    }
}
