package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.transaction.Line;
import io.github.cameldaraja.transaction.Terms;
import io.github.cameldaraja.transaction.TermsException;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Which requests M-Pesa would refuse because of others that came before, and what a route is told of them. */
final class PaymentTerms {

    // as long as it can be on the screen, and its outcome on the way
    private static final Duration PROMPT_LIFE = Duration.ofSeconds(90);
    // Daraja, result code 17: "same amount, same customer within 2 minutes"
    private static final Duration EQUAL_GAP = Duration.ofMinutes(2);
    // how many others an equal payout waits for
    private static final int MOST_AHEAD = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PaymentApi api;
    private final boolean guardsPrompts;
    private final Duration spacing;

    /**
     * @param guardsPrompts whether no second prompt is sent to a phone that shows one
     * @param spacing       how far apart equal payouts are sent; zero for not at all
     */
    PaymentTerms(PaymentApi api, boolean guardsPrompts, Duration spacing) {
        this.api = api;
        this.guardsPrompts = guardsPrompts;
        this.spacing = spacing;
    }

    /** Whether it may have to wait for its turn: M-Pesa's rule is about customers. */
    boolean mayWait(Fields fields) {
        return api.paysOut() && spacing.compareTo(Duration.ZERO) > 0 && api.customer(fields) != null;
    }

    /**
     * What that payment must keep.
     *
     * @param patient whether its exchange can wait without a thread
     */
    Terms of(Account account, Fields fields, Transaction intent, boolean patient) {
        List<Line> lines = new ArrayList<>();
        String phone = api.prompted(fields);
        if (guardsPrompts && phone != null) {
            lines.add(Line.of(Line.Kind.PROMPT, PROMPT_LIFE, Duration.ZERO, account.name(), phone));
            lines.add(Line.of(Line.Kind.EQUAL_PRICE, EQUAL_GAP, Duration.ZERO, account.name(), api.customer(fields),
                    intent.amount().stripTrailingZeros().toPlainString()));
        }
        if (intent.departure() != null && !intent.isUnattended()) {
            lines.add(Line.of(Line.Kind.EQUAL_PAYOUT, spacing, patient ? spacing.multipliedBy(MOST_AHEAD) : Duration.ZERO, account.name(),
                    api.customer(fields), intent.amount().stripTrailingZeros().toPlainString()));
        }
        String day = intent.repetition() == null ? null : intent.repetition().budget();
        return Terms.of(lines, day == null ? null : new Terms.Budget(account.name(), day, account.payoutDailyMaximum()));
    }

    /** Says why nothing was sent. */
    static DarajaException refusal(TermsException why, ErrorDetails local) {
        if (why.budget() != null) {
            return new DarajaRequestException("refused before sending: Amount: is above the " + why.left().toPlainString() + " shillings that"
                    + " are left of the " + why.budget().limit().toPlainString() + " which account '" + why.budget().account()
                    + "' may pay out on " + why.budget().day() + " (payoutDailyMaximum); nothing was sent: pay less, wait for the next day"
                    + " in Nairobi, or raise it", local, why);
        }
        String when = " from " + time(why.freeAt()) + " (Nairobi) on";
        String text = switch (why.line().kind()) {
            case PROMPT -> "PhoneNumber: this phone still shows the prompt of payment " + why.other() + ", and M-Pesa takes one at a time;"
                    + " nothing was sent, try again as soon as that payment has its outcome, or" + when;
            case EQUAL_PRICE -> "Amount: this customer has just paid the same amount, as payment " + why.other() + ", and M-Pesa refuses it"
                    + " within two minutes; nothing was sent, try again" + when;
            case EQUAL_PAYOUT -> "Amount: payouts of the same amount to this customer come first, payoutSpacing apart, and this one cannot wait so"
                    + " long;"
                    + " nothing was sent, try again" + when;
        };
        return new DarajaThrottledException("refused before sending: " + text, local.judged(why.line().kind() == Line.Kind.EQUAL_PAYOUT
                ? ResultCategory.MERCHANT : ResultCategory.CUSTOMER, true), why, why.freeAt());
    }

    // not earlier than it is true
    private static String time(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
        return TIME.format((whole.equals(instant) ? whole : whole.plusSeconds(1)).atZone(NairobiTime.ZONE));
    }
}
