package io.github.cameldaraja.account;

import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Payout;
import io.github.cameldaraja.api.PayoutPolicy;
import io.github.cameldaraja.api.PayoutRuling;
import io.github.cameldaraja.api.PhoneNumbers;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the settings of an account allow to be paid out. */
final class PayoutLimits implements PayoutPolicy {

    private final DarajaAccount settings;
    private final UnaryOperator<String> path;
    // null for anybody
    private final Set<String> receivers;

    /**
     * @param path the whole name of a setting, for texts
     * @throws IllegalArgumentException naming setting, rule and cure
     */
    PayoutLimits(DarajaAccount settings, UnaryOperator<String> path) {
        this.settings = settings;
        this.path = path;
        require("payoutMaximum", settings.getPayoutMaximum(), 1);
        require("payoutDailyMaximum", settings.getPayoutDailyMaximum(), 1);
        require("payoutApprovalAbove", settings.getPayoutApprovalAbove(), 0);
        this.receivers = settings.getPayoutReceivers() == null ? null : Arrays.stream(settings.getPayoutReceivers().split(","))
                .map(String::strip).filter(receiver -> !receiver.isEmpty()).map(this::receiver).collect(Collectors.toSet());
    }

    private void require(String setting, Long value, long least) {
        if (value != null && value < least) {
            throw new IllegalArgumentException(path.apply(setting) + " must be whole shillings from " + least + " on; leave it out for no"
                    + " such rule");
        }
    }

    private String receiver(String text) {
        if (text.matches("[0-9]{5,9}")) {
            return text;
        }
        try {
            return PhoneNumbers.normalise("receiver", text);
        } catch (InvalidFieldException e) {
            throw new IllegalArgumentException(path.apply("payoutReceivers") + " must be Kenyan mobile numbers and short codes of 5 to 9"
                    + " digits, separated by commas; correct " + PhoneNumbers.mask(text));
        }
    }

    /** What may be paid out in a day, or null. */
    BigDecimal daily() {
        return settings.getPayoutDailyMaximum() == null ? null : BigDecimal.valueOf(settings.getPayoutDailyMaximum());
    }

    @Override
    public PayoutRuling judge(Payout payout) {
        if (isAbove(payout, settings.getPayoutMaximum())) {
            return PayoutRuling.refused("Amount", "is above " + settings.getPayoutMaximum() + ", the most that account '" + payout.account()
                    + "' pays out at once", "pay less, or raise " + path.apply("payoutMaximum"));
        }
        // what goes back goes to whoever has paid, and what is moved between own accounts stays ours
        boolean ours = payout.receiver() == null || payout.receiver().equals(settings.getShortCode())
                || payout.receiver().equals(settings.getTillNumber());
        if (receivers != null && !ours && !receivers.contains(payout.receiver())) {
            return PayoutRuling.refused("PartyB", "is not among the receivers that account '" + payout.account() + "' may pay",
                    "pay somebody else, or add the receiver to " + path.apply("payoutReceivers"));
        }
        return isAbove(payout, settings.getPayoutApprovalAbove()) ? PayoutRuling.approval() : PayoutRuling.allowed();
    }

    private static boolean isAbove(Payout payout, Long limit) {
        return limit != null && payout.amount().compareTo(BigDecimal.valueOf(limit)) > 0;
    }
}
