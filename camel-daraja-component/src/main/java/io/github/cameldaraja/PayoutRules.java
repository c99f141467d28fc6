package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.Payout;
import io.github.cameldaraja.api.PayoutPolicy;
import io.github.cameldaraja.api.PayoutRuling;
import io.github.cameldaraja.api.Rehearsal;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** What the account and the company's own policy make of the payouts of one endpoint, and who asks for them. */
final class PayoutRules {

    private static final int LONGEST_NAME = 100;

    private final PaymentApi api;
    // null for none
    private final PayoutPolicy own;
    private final Expression requestedBy;

    /**
     * What is made of one payout.
     *
     * @param requestedBy who asks for it; not null if it needs approval
     */
    record Judged(Payout payout, boolean needsApproval, String requestedBy) {

        Rehearsal rehearsal() {
            return new Rehearsal(payout.operation(), payout.account(), payout.amount(), payout.receiver(), payout.idempotencyKey(),
                    needsApproval);
        }
    }

    /**
     * @param own         the policy bean, or null
     * @param requestedBy an expression, or null
     */
    PayoutRules(CamelContext camelContext, PaymentApi api, PayoutPolicy own, String requestedBy) {
        this.api = api;
        this.own = own;
        this.requestedBy = requestedBy == null ? null : camelContext.resolveLanguage("simple").createExpression(requestedBy);
        if (this.requestedBy != null) {
            this.requestedBy.init(camelContext);
        }
    }

    /**
     * Judges a payout before anything of it is stored.
     *
     * @throws InvalidFieldException if it may not be, naming field, rule and cure
     */
    Judged judge(Exchange exchange, Account account, Fields fields, String key) {
        String asker = requestedBy == null ? null : requestedBy.evaluate(exchange, String.class);
        asker = asker == null || asker.isBlank() ? null : asker.strip();
        Map<String, String> all = new HashMap<>();
        fields.toMap().keySet().forEach(name -> all.put(name, fields.get(name)));
        Payout payout = new Payout(api.name(), account.name(), account.shortCode(), new BigDecimal(fields.get(api.amountField())),
                api.receiver(fields), key, asker, all);
        PayoutRuling ruling = account.payoutPolicy().judge(payout);
        if (own != null) {
            ruling = ruling.and(own.judge(payout));
        }
        if (ruling.refusal() != null) {
            throw ruling.refusal();
        }
        if (ruling.needsApproval() && (asker == null || asker.length() > LONGEST_NAME)) {
            throw new InvalidFieldException("requestedBy", "must name who asks for this payout, in at most " + LONGEST_NAME + " characters,"
                    + " for a second person must approve it", "set requestedBy to an expression such as ${header.clerk}");
        }
        return new Judged(payout, ruling.needsApproval(), asker);
    }
}
