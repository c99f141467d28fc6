package io.github.cameldaraja.simulator;

import java.time.Instant;

import io.github.cameldaraja.simulator.lookups.Register;
import io.github.cameldaraja.simulator.money.Kind;

/**
 * What IMSI, SIM swap, organisation info, Hakikisha, KYC validation and age on network know.
 *
 * <p>Unless told otherwise every phone number was registered long ago, never changed its SIM and belongs to whoever
 * claims it, and every organisation that has an account is known.
 */
public final class Lookups {

    private final Register register;

    Lookups(Register register) {
        this.register = register;
    }

    /** The SIM of this number was changed then; its IMSI is another one. */
    public void swapped(String phone254, Instant when) {
        register.swapped(phone254, when);
    }

    /** This number was registered then. */
    public void registered(String phone254, Instant when) {
        register.registered(phone254, when);
    }

    /** The owner of this number is called so; names with blanks between them. */
    public void named(String phone254, String name) {
        register.named(phone254, name);
    }

    /**
     * The owner of this number has this document and no other.
     *
     * @param idType 01 national, 02 military, 05 passport
     */
    public void identified(String phone254, String idType, String idNumber) {
        register.identified(phone254, idType, idNumber);
    }

    /** Nobody has this number. */
    public void unknown(String phone254) {
        register.unknown(phone254);
    }

    /** There is a pay bill of that name. */
    public void payBill(String shortCode, String name) {
        register.organisation(shortCode, name, Kind.PAY_BILL);
    }

    /** There is a till of that name. */
    public void till(String shortCode, String name) {
        register.organisation(shortCode, name, Kind.TILL);
    }
}
