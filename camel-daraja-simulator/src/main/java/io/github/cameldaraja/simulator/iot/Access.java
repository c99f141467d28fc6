package io.github.cameldaraja.simulator.iot;

import io.github.cameldaraja.simulator.IotSim;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;

/**
 * Whether a request may do what it wants to the SIM that it names.
 */
final class Access {

    static final String NO_RECORDS = "No records were found";
    static final String FAILED = "Operation Failed";

    private static final String COUNTRY = "254";

    private final Inventory inventory;
    private final IotAnswers answers;

    Access(Inventory inventory, IotAnswers answers) {
        this.inventory = inventory;
        this.answers = answers;
    }

    /** Digits of a SIM, with or without 254 before them. */
    static boolean isMsisdn(String text) {
        return text.matches("(254)?3\\d{11}");
    }

    /** The digits without 254. */
    static String plain(String msisdn) {
        return msisdn.startsWith(COUNTRY) ? msisdn.substring(COUNTRY.length()) : msisdn;
    }

    String msisdn(Fields fields) {
        return plain(fields.required("msisdn", Type.TEXT, Access::isMsisdn));
    }

    String vpnGroup(Fields fields) {
        return fields.required("vpnGroup", Type.TEXT, text -> true);
    }

    String username(Fields fields) {
        return fields.required("username", Type.TEXT, text -> true);
    }

    void checkUser(String username) {
        if (inventory.isForbidden(username)) {
            throw answers.refused(401, "User not permitted to carry out operation");
        }
    }

    void checkGroup(String vpnGroup) {
        if (inventory.isForeign(vpnGroup)) {
            throw answers.refused(400, "Bad Request - Kindly use your own vpnGroup");
        }
        if (!inventory.owns(vpnGroup)) {
            throw answers.refused(404, NO_RECORDS);
        }
    }

    /** The SIM in that account, refused with the given words if it is not there. */
    IotSim sim(String msisdn, String vpnGroup, String otherwise) {
        return inventory.find(msisdn, vpnGroup).orElseThrow(() -> answers.failed(otherwise));
    }
}
