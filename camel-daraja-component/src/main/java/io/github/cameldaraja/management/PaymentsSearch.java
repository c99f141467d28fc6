package io.github.cameldaraja.management;

import static io.github.cameldaraja.management.DeskWork.json;
import static io.github.cameldaraja.management.DeskWork.await;
import static io.github.cameldaraja.management.DeskWork.limit;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.transaction.KeyHolder;
import io.github.cameldaraja.transaction.OpenCounts;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds payments, and asks about them: what a person needs first when somebody calls at night. A Camel service, as
 * {@link PaymentsDesk} is: {@code type=services,name=PaymentsSearch}. Phone numbers are masked in what it lists.
 */
@ManagedResource(description = "Finds payments of camel-daraja by any of their numbers, and asks Safaricom about them")
public final class PaymentsSearch extends ServiceSupport implements StaticService {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentsSearch.class);
    private static final int PAGE = 500;

    private final Clock clock;
    private final String application;
    private final TransactionRepository repository;
    private final Accounts accounts;
    private final ApiTable operations;
    private final AskingControl asking;

    /**
     * @param application whose open payments are listed; any stored one is found
     * @param operations  in which of them a key is looked for
     */
    public PaymentsSearch(Clock clock, String application, TransactionRepository repository, Accounts accounts, ApiTable operations,
                          AskingControl asking) {
        this.clock = clock;
        this.application = application;
        this.repository = repository;
        this.accounts = accounts;
        this.operations = operations;
        this.asking = asking;
    }

    @ManagedAttribute(description = "Payments of which the outcome may still come by itself")
    public int getUnsettledPayments() {
        return counts().unsettled();
    }

    @ManagedAttribute(description = "Payments that only a person can decide about: UNRESOLVED, or disputed")
    public int getUndecidedPayments() {
        return counts().undecided();
    }

    @ManagedAttribute(description = "Payouts that a second person must approve")
    public int getHeldPayouts() {
        return counts().held();
    }

    @ManagedAttribute(description = "How many seconds ago the oldest unsettled payment was stored")
    public long getOldestUnsettledSeconds() {
        OpenCounts counts = counts();
        return counts.oldest() == null ? 0 : Math.max(0, Duration.between(counts.oldest(), clock.instant()).toSeconds());
    }

    @ManagedAttribute(description = "Whether this node asks no questions by itself for the time being")
    public boolean isAskingPaused() {
        return asking.isPaused();
    }

    /**
     * Payments by whatever somebody has in hand: our reference, an idempotency key, a receipt, a phone number, or one of Safaricom's ids.
     *
     * @return a JSON list, the oldest first
     */
    @ManagedOperation(description = "Payments by what somebody has in hand: our reference, idempotency key, receipt, phone number,"
            + " CheckoutRequestID or ConversationID; as JSON")
    public String find(String text) {
        String given = required("text", text);
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        Transaction known = await(repository.find(given));
        if (known != null) {
            found.put(known.reference(), PaymentListing.of(known));
        }
        byIds(new PaymentIds(given, given, given, given)).forEach(payment ->
                found.put(payment.reference(), PaymentListing.of(payment)));
        byKey(given).forEach(listed -> found.putIfAbsent((String) listed.get("reference"), listed));
        if (looksLikePhone(given)) {
            byPhone(DeskWork.number(given)).forEach(payment -> found.put(payment.reference(), PaymentListing.of(payment)));
        }
        return json(found.values());
    }

    /** The payment with our own reference, as JSON; null if there is none. */
    @ManagedOperation(description = "The payment with our own reference, as JSON")
    public String findByReference(String reference) {
        Transaction payment = await(repository.find(required("reference", reference)));
        return json(payment == null ? null : PaymentListing.of(payment));
    }

    /**
     * The payments that an idempotency key is pinned to, as a JSON list: one at most for each operation and account, the last attempt
     * under it. Of a payment that is kept no longer, what its key knows.
     */
    @ManagedOperation(description = "The payments of an idempotency key, such as your order's number, in all operations and accounts, as"
            + " JSON; also what became of one that is kept no longer")
    public String findByKey(String idempotencyKey) {
        return json(byKey(required("idempotencyKey", idempotencyKey)));
    }

    /** The payments with M-Pesa's receipt, as a JSON list: one at most for each short code. */
    @ManagedOperation(description = "The payments with M-Pesa's receipt, one at most for each short code, as JSON")
    public String findByReceipt(String receipt) {
        return json(listed(byIds(PaymentIds.receipt(required("receipt", receipt)))));
    }

    /** The payments of the person with that number, in any Kenyan form, as a JSON list, the oldest first. */
    @ManagedOperation(description = "The payments of the person with that phone number, the oldest first, as JSON")
    public String findByPhone(String phone) {
        return json(listed(byPhone(DeskWork.number(phone))));
    }

    /** Payments of which the outcome may still come by itself, as a JSON list, in the order of their references. */
    @ManagedOperation(description = "Payments of which the outcome may still come by itself, as JSON; limit 0: 100 at most")
    public String unsettled(int limit) {
        return json(listed(open(payment -> OpenCounts.NONE.with(payment.status(), payment.disputed(), 1, payment.createdAt())
                .unsettled() > 0, limit(limit))));
    }

    /** Payments that only a person can decide about, as a JSON list: {@code resolve} of the payments desk ends them. */
    @ManagedOperation(description = "Payments that only a person can decide about, UNRESOLVED or disputed, as JSON; resolve of PaymentsDesk"
            + " ends them; limit 0: 100 at most")
    public String unresolved(int limit) {
        return json(listed(open(payment -> OpenCounts.NONE.with(payment.status(), payment.disputed(), 1, payment.createdAt())
                .undecided() > 0, limit(limit))));
    }

    /**
     * Asks Safaricom about a payment now; such a question does not count.
     *
     * @return the payment as it is known after that, as JSON: some answers come a little later
     */
    @ManagedOperation(description = "Asks Safaricom about a payment now; the payment as it is known after that, as JSON")
    public String askNow(String reference) {
        Transaction payment = await(asking.askNow(required("reference", reference)));
        LOG.info("A person has had Safaricom asked about {}", payment);
        return json(PaymentListing.of(payment));
    }

    /** No more questions by itself on this node, nor requests that are sent once more, until {@link #resumeAsking} or a restart. */
    @ManagedOperation(description = "This node asks nothing more by itself, and sends nothing once more, until resumeAsking or a restart")
    public void pauseAsking() {
        asking.pause(true);
        LOG.info("This node asks nothing more by itself, for a person wants it so");
    }

    @ManagedOperation(description = "This node asks by itself again")
    public void resumeAsking() {
        asking.pause(false);
        LOG.info("This node asks by itself again");
    }

    private OpenCounts counts() {
        return await(repository.countOpen(application));
    }

    private List<Transaction> byIds(PaymentIds ids) {
        List<CompletableFuture<Transaction>> all = accounts.all().stream().map(Account::shortCode).filter(Objects::nonNull).distinct()
                .map(shortCode -> repository.find(shortCode, ids)).toList();
        return all.stream().map(DeskWork::await).filter(Objects::nonNull).toList();
    }

    private List<Map<String, Object>> byKey(String key) {
        List<String> keyed = operations.all().stream().filter(OutcomeApi.class::isInstance).map(DarajaApi::name).toList();
        List<String> names = accounts.all().stream().map(Account::name).toList();
        List<Map<String, Object>> found = new ArrayList<>();
        for (KeyHolder holder : await(repository.findByKey(keyed, names, key))) {
            Transaction payment = await(repository.find(holder.reference()));
            found.add(payment == null ? PaymentListing.of(holder) : PaymentListing.of(payment));
        }
        return found;
    }

    private List<Transaction> byPhone(String number) {
        List<CompletableFuture<Transaction>> all = await(repository.export(number)).payments().stream()
                .map(PersonalData.Payment::reference).map(repository::find).toList();
        // one that came by itself may have turned out to be another one meanwhile
        return all.stream().map(DeskWork::await).filter(Objects::nonNull).toList();
    }

    private List<Transaction> open(Predicate<Transaction> which, int limit) {
        List<Transaction> found = new ArrayList<>();
        String after = null;
        List<Transaction> page;
        do {
            page = await(repository.findOpen(application, null, after, PAGE));
            page.stream().filter(which).limit(limit - found.size()).forEach(found::add);
            after = page.isEmpty() ? null : page.get(page.size() - 1).reference();
        } while (page.size() == PAGE && found.size() < limit);
        return found;
    }

    private static List<Map<String, Object>> listed(Collection<Transaction> payments) {
        return payments.stream().map(PaymentListing::of).toList();
    }

    private static boolean looksLikePhone(String text) {
        try {
            DeskWork.number(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String required(String name, String text) {
        if (DeskWork.isBlank(text)) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text.trim();
    }
}
