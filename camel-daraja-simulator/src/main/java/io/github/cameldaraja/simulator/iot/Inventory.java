package io.github.cameldaraja.simulator.iot;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.cameldaraja.simulator.IotSim;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * The merchant's SIM cards.
 */
public final class Inventory {

    /** The merchant's account. */
    public static final String OWN_GROUP = "1-574100574100_VPN";
    /** Somebody else's account. */
    public static final String FOREIGN_GROUP = "1-574900574900_VPN";

    private static final String FIRST = "3000005741%02d";
    private static final int ACTIVE = 2;
    private static final int ALL = 4;

    private record Change(String msisdn, Instant at, String status) {
    }

    private final Clock clock;
    private final Map<String, IotSim> sims = new LinkedHashMap<>();
    private final Set<String> foreign = new HashSet<>();
    private final Set<String> forbidden = new HashSet<>();
    private final List<Change> history = new ArrayList<>();

    Inventory(Clock clock) {
        this.clock = clock;
        reset();
    }

    /** Adds a SIM or replaces the one with the same number. */
    public synchronized void keep(IotSim sim) {
        sims.put(sim.msisdn(), sim);
        history.add(new Change(sim.msisdn(), clock.instant(), sim.status()));
    }

    /** All SIMs, in order of appearance. */
    public synchronized List<IotSim> all() {
        return List.copyOf(sims.values());
    }

    /** Makes an account known that is not the merchant's. */
    public synchronized void foreign(String vpnGroup) {
        foreign.add(vpnGroup);
    }

    /** This user may do nothing. */
    public synchronized void forbid(String username) {
        forbidden.add(username);
    }

    synchronized boolean isForbidden(String username) {
        return forbidden.contains(username);
    }

    synchronized boolean isForeign(String vpnGroup) {
        return foreign.contains(vpnGroup);
    }

    synchronized boolean owns(String vpnGroup) {
        return OWN_GROUP.equals(vpnGroup)
                || !foreign.contains(vpnGroup)
                        && sims.values().stream().anyMatch(sim -> sim.vpnGroup().equals(vpnGroup));
    }

    synchronized Optional<IotSim> find(String msisdn, String vpnGroup) {
        return Optional.ofNullable(sims.get(msisdn)).filter(sim -> sim.vpnGroup().equals(vpnGroup));
    }

    synchronized void change(String msisdn, UnaryOperator<IotSim> change) {
        keep(change.apply(sims.get(msisdn)));
    }

    /** How many SIMs of an account were in that state at the end of a day. */
    synchronized long count(String vpnGroup, String status, LocalDate day) {
        Instant end = day.plusDays(1).atStartOfDay(Times.NAIROBI).toInstant();
        Map<String, String> states = new LinkedHashMap<>();
        history.stream().filter(change -> change.at().isBefore(end))
                .forEach(change -> states.put(change.msisdn(), change.status()));
        return states.entrySet().stream()
                .filter(state -> state.getValue().equals(status)
                        && sims.get(state.getKey()).vpnGroup().equals(vpnGroup))
                .count();
    }

    /** Two SIMs in use and two that wait. */
    synchronized void reset() {
        sims.clear();
        foreign.clear();
        forbidden.clear();
        history.clear();
        foreign.add(FOREIGN_GROUP);
        for (int i = 1; i <= ALL; i++) {
            keep(new IotSim(FIRST.formatted(i), OWN_GROUP, "Machine " + i, i <= ACTIVE ? IotSim.ACTIVE : IotSim.IDLE,
                    "-"));
        }
    }
}
