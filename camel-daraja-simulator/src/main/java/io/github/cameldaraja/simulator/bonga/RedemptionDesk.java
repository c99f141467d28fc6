package io.github.cameldaraja.simulator.bonga;

import java.math.BigDecimal;
import java.util.Set;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.wire.FaultQueue;

/**
 * Lets customers type their PINs and turns points into payments. The merchant hears of success only.
 */
final class RedemptionDesk {

    private static final String SUCCESS = "0";
    private static final Set<String> AT_ONCE = Set.of("6001", "6004", "6005", "6006", "6007", "6008", "6009", "6011");

    private final Inside inside;
    private final Merchant merchant;
    private final Points points;
    private final FaultQueue<String> codes = new FaultQueue<>();

    RedemptionDesk(Inside inside, Merchant merchant, Points points) {
        this.inside = inside;
        this.merchant = merchant;
        this.points = points;
    }

    /** Whether a code is told in the acknowledgement's place; other failures are never told. */
    static boolean refusesAtOnce(String code) {
        return AT_ONCE.contains(code);
    }

    /** The next redemption ends like this. */
    void next(String code) {
        codes.add(code);
    }

    String nextCode() {
        String code = codes.take();
        return code == null ? SUCCESS : code;
    }

    void begin(Redemption redemption, String code) {
        inside.customers().get(redemption.phone());
        inside.clock().schedule(inside.settings().answerDelay(), () -> {
            boolean paid = SUCCESS.equals(code) && redeem(redemption);
            inside.counters().increment(paid ? BongaCounts.PAID : BongaCounts.FAILED);
        });
    }

    void reset() {
        codes.reset();
    }

    private boolean redeem(Redemption redemption) {
        String phone = redemption.phone();
        if (!points.take(phone, redemption.points())) {
            return false;
        }
        inside.ledger().give(phone, redemption.amount());
        boolean paid = inside.ledger().pay(phone, merchant.receiver(redemption.shortCode()), redemption.amount(),
                () -> entry(redemption)).isPresent();
        if (!paid) {
            points.giveBack(phone, redemption.points());
        }
        return paid;
    }

    private LedgerEntry entry(Redemption redemption) {
        return new LedgerEntry(inside.ids().receipt(), inside.clock().instant(), redemption.phone(),
                redemption.shortCode(), merchant.receiver(redemption.shortCode()),
                BigDecimal.valueOf(redemption.amount()), redemption.accountNumber(), null, null);
    }
}
