package io.github.cameldaraja.management;

import static io.github.cameldaraja.management.DeskWork.isBlank;
import static io.github.cameldaraja.management.DeskWork.json;
import static io.github.cameldaraja.management.DeskWork.limit;
import static io.github.cameldaraja.management.DeskWork.moment;
import static io.github.cameldaraja.management.DeskWork.number;
import static io.github.cameldaraja.management.DeskWork.said;
import static io.github.cameldaraja.management.DeskWork.await;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneNumbers;
import io.github.cameldaraja.transaction.Approvals;
import io.github.cameldaraja.transaction.Decision;
import io.github.cameldaraja.transaction.Decisions;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Erasure;
import io.github.cameldaraja.transaction.OperatorCircuits;
import io.github.cameldaraja.transaction.Outbox;
import io.github.cameldaraja.transaction.OutboxCounts;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a person works on payments: outcomes that no route could take, payments that nobody can ask
 * about any more, refused operators, and what is stored about somebody. A Camel service that JMX and
 * Hawtio show as {@code type=services,name=PaymentsDesk}; a bean finds it with {@code camelContext.hasService(PaymentsDesk.class)}.
 * What is listed names nobody, but for {@link #export}. Of several components in one context the first is shown.
 */
@ManagedResource(description = "Payments of camel-daraja: outcomes that no route could take, and what is stored about a person")
public final class PaymentsDesk extends ServiceSupport implements StaticService {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentsDesk.class);
    private static final int MOST_RELEASED = 10_000;

    private final Clock clock;
    private final String application;
    private final TransactionRepository repository;
    private final Decisions decisions;
    private final Approvals approvals;
    private final OperatorCircuits operators;

    /**
     * @param application whose outcomes; persons are looked for in all that is stored
     */
    public PaymentsDesk(Clock clock, String application, TransactionRepository repository, Decisions decisions,
                        Approvals approvals, OperatorCircuits operators) {
        this.clock = clock;
        this.application = application;
        this.repository = repository;
        this.decisions = decisions;
        this.approvals = approvals;
        this.operators = operators;
    }

    @ManagedAttribute(description = "Outcomes that are not delivered and not parked")
    public int getOpenDeliveries() {
        return counts().open();
    }

    @ManagedAttribute(description = "Outcomes that failed as often as allowed, and wait for a person")
    public int getParkedDeliveries() {
        return counts().parked();
    }

    @ManagedAttribute(description = "For how many seconds the oldest due outcome has waited for somebody to take it")
    public long getOldestDeliverySeconds() {
        Instant oldest = counts().oldest();
        return oldest == null ? 0 : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    }

    /** Parked outcomes, the oldest first, as a JSON list; phone numbers are masked. */
    @ManagedOperation(description = "Outcomes that failed as often as allowed, the oldest first, as JSON; limit 0: 100 at most")
    public String parked(int limit) {
        return json(await(outbox().parked(application, limit(limit))).stream().map(PaymentsDesk::listed).toList());
    }

    /**
     * Lets a parked outcome be tried anew.
     *
     * @param group whose copy it is; empty if it is not shared out
     * @return false if there is none
     */
    @ManagedOperation(description = "Lets a parked outcome be tried anew; group is empty if the list shows none")
    public boolean release(String reference, int number, String group) {
        boolean released = await(outbox().release(new Delivery.Id(reference, number, isBlank(group) ? null : group),
                clock.instant()));
        if (released) {
            LOG.info("Outcome {} of payment {} is released, for a person wants it tried anew", number, reference);
        }
        return released;
    }

    /** Lets all outcomes that are parked now be tried anew; how many there were. */
    @ManagedOperation(description = "Lets all parked outcomes be tried anew; how many there were")
    public int releaseAll() {
        int released = 0;
        // as they are now, or one that fails at once would be released without end
        for (Delivery parked : await(outbox().parked(application, MOST_RELEASED))) {
            released += release(parked.reference(), parked.number(), parked.group()) ? 1 : 0;
        }
        return released;
    }

    /** Forgets a group that no route belongs to any more, with what it was not told; how many outcomes that were. */
    @ManagedOperation(description = "Forgets a group that no route belongs to any more; how many outcomes it was not told")
    public int forgetGroup(String group) {
        if (isBlank(group)) {
            throw new IllegalArgumentException("group is missing; name the group of the routes that have gone");
        }
        int forgotten = await(outbox().forget(application, group));
        LOG.info("Group '{}' is forgotten, with {} outcomes that it was not told", group, forgotten);
        return forgotten;
    }

    /**
     * Everything that is stored about the person with that number, as JSON, in clear: for that person's eyes.
     *
     * @param phone in any Kenyan form
     */
    @ManagedOperation(description = "Everything that is stored about the person with that phone number, as JSON, in clear")
    public String export(String phone) {
        String number = number(phone);
        String exported = json(await(repository.export(number)));
        LOG.info("What is stored about {} was exported", PhoneNumbers.mask(number));
        return exported;
    }

    /**
     * Takes away what is stored about the person with that number, but what accounting needs; what is not over is left and reported.
     *
     * @param phone in any Kenyan form
     * @return an {@link Erasure} as JSON
     */
    @ManagedOperation(description = "Takes away what is stored about the person with that phone number; what is left, as JSON")
    public String erase(String phone) {
        String number = number(phone);
        Erasure erasure = await(repository.erase(number));
        LOG.info("What is stored about {} was erased: {} payments, {} messages; left were {} payments that are not over",
                PhoneNumbers.mask(number), erasure.payments(), erasure.messages(), erasure.leftPayments().size());
        return json(erasure);
    }

    /**
     * Decides about a payment of which Safaricom says nothing more, or contradictory things; the route of its operation is told.
     *
     * @param status        {@code COMPLETED}, {@code FAILED} or {@code CANCELLED}
     * @param receiptNumber of a completed one; else empty
     * @param who           decides
     * @param why           in a sentence
     * @param evidence      where it can be seen
     * @return what was decided, as JSON
     */
    @ManagedOperation(description = "Decides about a payment that is UNRESOLVED or disputed: COMPLETED with its receipt, FAILED or"
            + " CANCELLED; who decides, why, and where it can be seen")
    public String resolve(String reference, String status, String receiptNumber, String who, String why, String evidence) {
        PaymentStatus decided = Stream.of(PaymentStatus.values()).filter(one -> one.name().equalsIgnoreCase(status)).findFirst()
                .orElse(null);
        Outcome outcome = await(said(() -> decisions.resolve(new Decision(reference, decided, receiptNumber, who, why, evidence))));
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("reference", reference);
        listed.put("operation", outcome.operation());
        listed.put("status", outcome.status());
        listed.put("amount", outcome.amount());
        listed.put("receiptNumber", outcome.receiptNumber());
        listed.put("verdict", outcome.verdict());
        return json(listed);
    }

    /** Payouts that a second person must approve, the oldest first, as a JSON list; phone numbers are masked. */
    @ManagedOperation(description = "Payouts that a second person must approve, the oldest first, as JSON; limit 0: 100 at most")
    public String held(int limit) {
        return json(await(approvals.held(limit(limit))).stream().map(PaymentsDesk::listed).toList());
    }

    /**
     * Lets a payout go that is held; it is sent within a second or so, once.
     *
     * @param who approves; not who has asked for it
     * @param why in a sentence
     * @return the payout as it is now, as JSON
     */
    @ManagedOperation(description = "Lets a payout go that is held: who approves, which must be another person than who has asked, and why")
    public String approve(String reference, String who, String why) {
        return json(listed(await(said(() -> approvals.approve(reference, who, why)))));
    }

    /**
     * Ends a payout that is held: it is not sent, its key is free, and its route is told.
     *
     * @param who rejects it
     * @param why in a sentence
     * @return the payout as it is now, as JSON
     */
    @ManagedOperation(description = "Ends a payout that is held, and was not sent: who rejects it, and why")
    public String reject(String reference, String who, String why) {
        return json(listed(await(said(() -> approvals.reject(reference, who, why)))));
    }

    /** Operators whom Safaricom refuses, and who therefore sign nothing, as a JSON list. */
    @ManagedOperation(description = "Accounts whose operator Safaricom refuses: nothing is paid or asked for with him, as JSON")
    public String refusedOperators() {
        return json(await(operators.open()));
    }

    /**
     * Lets the operator of an account sign again, after he was unlocked or got his role.
     *
     * @return false if he was not refused
     */
    @ManagedOperation(description = "Lets the operator of an account sign again, after he was unlocked or got his role")
    public boolean releaseOperator(String account) {
        return await(operators.release(account));
    }

    private static Map<String, Object> listed(Transaction payout) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("reference", payout.reference());
        listed.put("operation", payout.operation());
        listed.put("account", payout.account());
        listed.put("status", payout.status());
        listed.put("amount", payout.amount());
        listed.put("phoneNumber", PhoneNumbers.mask(payout.phoneNumber()));
        listed.put("accountReference", payout.accountReference());
        listed.put("receiver", PhoneNumbers.mask(payout.repetition().fields().get("PartyB")));
        listed.put("idempotencyKey", payout.idempotencyKey());
        listed.put("askedBy", payout.departure().askedBy());
        listed.put("askedAt", moment(payout.createdAt()));
        listed.put("until", payout.status() == PaymentStatus.HELD ? moment(payout.dueAt()) : null);
        listed.put("approvedBy", payout.departure().approvedBy());
        return listed;
    }

    private static Map<String, Object> listed(Delivery parked) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("reference", parked.reference());
        listed.put("number", parked.number());
        listed.put("group", parked.group() == null ? "" : parked.group());
        listed.put("since", parked.since());
        listed.put("attempts", parked.attempt());
        listed.put("operation", parked.outcome().operation());
        listed.put("account", parked.outcome().account());
        listed.put("status", parked.outcome().status());
        listed.put("amount", parked.outcome().amount());
        listed.put("receiptNumber", parked.outcome().receiptNumber());
        listed.put("phoneNumber", PhoneNumbers.mask(parked.outcome().phoneNumber()));
        return listed;
    }

    private OutboxCounts counts() {
        return await(outbox().count(application, clock.instant()));
    }

    private Outbox outbox() {
        return repository.outbox();
    }
}
