package io.github.cameldaraja.simulator.bonga;

import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * Lipa na Bonga.
 */
public final class BongaFamily implements Family {

    /** Where points are turned into shillings on paper. */
    public static final String CALCULATE_PATH = "/v1/lipa/na/bonga/calculate-points";
    /** Where points are turned into payments. */
    public static final String REDEEM_PATH = "/v1/lipa/na/bonga/redeem-paybill";

    private final Points points;
    private final RequestFaults calculateFaults;
    private final RequestFaults redeemFaults;
    private final RedemptionDesk desk;
    private final CalculateEndpoint calculate;
    private final RedeemEndpoint redeem;

    public BongaFamily(Inside inside) {
        Merchant merchant = new Merchant(inside.settings().credentials());
        BongaAnswers answers = new BongaAnswers(inside.json(), inside.clock());
        points = new Points(inside.settings().bongaPoints());
        calculateFaults = new RequestFaults(inside, TokenRefusal.PULL);
        redeemFaults = new RequestFaults(inside, TokenRefusal.PULL);
        desk = new RedemptionDesk(inside, merchant, points);
        calculate = new CalculateEndpoint(inside, calculateFaults, answers);
        redeem = new RedeemEndpoint(inside, merchant, desk, redeemFaults, answers);
    }

    @Override
    public void mount(Paths paths) {
        paths.post(CALCULATE_PATH, calculate::handle);
        paths.post(REDEEM_PATH, redeem::handle);
    }

    @Override
    public void reset() {
        points.reset();
        desk.reset();
        calculateFaults.reset();
        redeemFaults.reset();
    }

    /** The points of a customer. */
    public long points(String phone) {
        return points.of(phone);
    }

    /** Gives a customer so many points, whatever there were before. */
    public void points(String phone, long value) {
        points.set(phone, value);
    }

    /** The next redemption ends with this code. */
    public void nextEnds(String code) {
        desk.next(code);
    }

    /** What is to go wrong with calculations. */
    public RequestFaults calculateFaults() {
        return calculateFaults;
    }

    /** What is to go wrong with redemptions. */
    public RequestFaults redeemFaults() {
        return redeemFaults;
    }
}
