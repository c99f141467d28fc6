package io.github.cameldaraja.simulator.money;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;

/**
 * All money, and what has moved it. Whole shillings.
 */
public final class Ledger {

    private final SimulatorSettings settings;
    private final Map<Holder, Long> balances = new LinkedHashMap<>();
    private final Map<Holder, Long> opened = new HashMap<>();
    private final Map<String, Kind> organisations = new LinkedHashMap<>();
    private final List<LedgerEntry> payments = new ArrayList<>();
    private final Map<String, LedgerEntry> byReceipt = new HashMap<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private final Map<String, Transfer> transfersByReceipt = new HashMap<>();
    private final Map<String, Transfer> transfersByOriginator = new HashMap<>();
    private final Map<String, Transfer> reversals = new HashMap<>();
    private final List<Consumer<LedgerEntry>> listeners = new CopyOnWriteArrayList<>();

    public Ledger(SimulatorSettings settings) {
        this.settings = settings;
        openMerchant();
    }

    /** Is told of every payment of a customer, after it was booked and on the thread that booked it. */
    public void onPayment(Consumer<LedgerEntry> listener) {
        listeners.add(listener);
    }

    /** Makes an organisation known unless it is; who is not known when first used is a pay bill without money. */
    public synchronized void introduce(String shortCode, Kind kind) {
        String number = numberOf(shortCode);
        if (organisations.putIfAbsent(number, kind) == null) {
            kind.accounts().forEach(account -> balances.putIfAbsent(Holder.of(number, account), 0L));
        }
    }

    /** The organisations known so far. */
    public synchronized Map<String, Kind> organisations() {
        return new LinkedHashMap<>(organisations);
    }

    /** The kind of an organisation, which is made known. */
    public synchronized Kind kind(String shortCode) {
        introduce(shortCode, Kind.PAY_BILL);
        return organisations.get(numberOf(shortCode));
    }

    /** Balance of an account; 0 for organisations that nobody knows. */
    public synchronized long balance(String shortCode, Account account) {
        return balances.getOrDefault(Holder.of(numberOf(shortCode), account), 0L);
    }

    /** Balance of the account in which an organisation receives; 0 for organisations that nobody knows. */
    public synchronized long received(String shortCode) {
        Kind kind = organisations.get(numberOf(shortCode));
        return kind == null ? 0 : balance(shortCode, kind.receiving());
    }

    /** Balance of a customer; who is not known yet is given the default balance. */
    public synchronized long customerBalance(String phone) {
        Holder customer = Holder.customer(phone);
        if (!balances.containsKey(customer)) {
            set(customer, settings.defaultBalance());
        }
        return balances.get(customer);
    }

    /** Gives a customer so much, whatever there was before. */
    public synchronized void open(String phone, long balance) {
        set(Holder.customer(phone), balance);
    }

    /** Brings money from outside into an account. */
    public synchronized void deposit(String shortCode, Account account, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("negative amount: " + amount);
        }
        kind(shortCode);
        Holder holder = Holder.of(numberOf(shortCode), account);
        set(holder, balances.getOrDefault(holder, 0L) + amount);
    }

    /** Brings money from outside to a customer. */
    public synchronized void give(String phone, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("negative amount: " + amount);
        }
        set(Holder.customer(phone), customerBalance(phone) + amount);
    }

    /** The customers known so far. */
    public synchronized List<String> phones() {
        return balances.keySet().stream().filter(Holder::isCustomer).map(Holder::party).toList();
    }

    /** Moves the money of a customer to where the organisation receives, if the customer can afford it. */
    public Optional<LedgerEntry> pay(String phone, String creditTo, long amount, Supplier<LedgerEntry> entry) {
        Optional<LedgerEntry> paid = book(phone, creditTo, amount, entry);
        paid.ifPresent(made -> listeners.forEach(listener -> listener.accept(made)));
        return paid;
    }

    /** Books a payment of the past: its customer is given what it takes, and nobody is told. */
    public synchronized void record(LedgerEntry entry) {
        if (byReceipt.putIfAbsent(entry.receipt(), entry) != null) {
            throw new IllegalArgumentException("there is a payment " + entry.receipt() + " already");
        }
        long amount = entry.amount().longValueExact();
        give(entry.payerPhone(), amount);
        move(Holder.customer(entry.payerPhone()), receiver(entry.partyB()), amount);
        int place = payments.size();
        while (place > 0 && payments.get(place - 1).at().isAfter(entry.at())) {
            place--;
        }
        payments.add(place, entry);
    }

    /** Moves money as wished, all of it or, if it cannot be afforded, nothing. */
    public synchronized Optional<Transfer> transfer(Transfer wish) {
        long amount = wish.amount().longValueExact();
        Holder from = holder(wish.from(), wish.fromAccount());
        Holder to = holder(wish.to(), wish.toAccount());
        if (!move(from, to, amount)) {
            return Optional.empty();
        }
        transfers.add(wish);
        index(transfersByReceipt, wish.receipt(), wish);
        index(transfersByOriginator, wish.originatorConversationId(), wish);
        index(reversals, wish.reverses(), wish);
        return Optional.of(wish);
    }

    /** All payments of customers in the order in which they happened. */
    public synchronized List<LedgerEntry> payments() {
        return List.copyOf(payments);
    }

    /** The payments since then, in the order in which they happened. */
    public synchronized List<LedgerEntry> paymentsSince(Instant from) {
        int first = payments.size();
        while (first > 0 && !payments.get(first - 1).at().isBefore(from)) {
            first--;
        }
        return List.copyOf(payments.subList(first, payments.size()));
    }

    /** The payment with that receipt. */
    public synchronized Optional<LedgerEntry> payment(String receipt) {
        return Optional.ofNullable(byReceipt.get(receipt));
    }

    /** All transfers in the order in which they happened. */
    public synchronized List<Transfer> transfers() {
        return List.copyOf(transfers);
    }

    /** The transfer with that receipt. */
    public synchronized Optional<Transfer> transfer(String receipt) {
        return Optional.ofNullable(transfersByReceipt.get(receipt));
    }

    /** The first transfer that was asked for under that id. */
    public synchronized Optional<Transfer> transferOf(String originatorConversationId) {
        return Optional.ofNullable(transfersByOriginator.get(originatorConversationId));
    }

    /** The transfer that has undone a payment. */
    public synchronized Optional<Transfer> reversal(String receipt) {
        return Optional.ofNullable(reversals.get(receipt));
    }

    /** Makes sure that every balance is what was there at the beginning and what was booked since. */
    public synchronized void verify() {
        Map<Holder, Long> expected = new HashMap<>(opened);
        for (LedgerEntry entry : payments) {
            long amount = entry.amount().longValueExact();
            expected.merge(Holder.customer(entry.payerPhone()), -amount, Long::sum);
            expected.merge(receiver(entry.partyB()), amount, Long::sum);
        }
        for (Transfer transfer : transfers) {
            long amount = transfer.amount().longValueExact();
            expected.merge(holder(transfer.from(), transfer.fromAccount()), -amount, Long::sum);
            expected.merge(holder(transfer.to(), transfer.toAccount()), amount, Long::sum);
        }
        balances.forEach((holder, balance) -> {
            long should = expected.getOrDefault(holder, 0L);
            if (balance != should) {
                throw new IllegalStateException(holder + " should hold " + should + " but holds " + balance);
            }
        });
        if (!balances.keySet().containsAll(expected.keySet())) {
            throw new IllegalStateException("booked for " + expected.keySet() + " but known are " + balances.keySet());
        }
    }

    /** Back to the start. */
    public synchronized void reset() {
        balances.clear();
        opened.clear();
        organisations.clear();
        payments.clear();
        byReceipt.clear();
        transfers.clear();
        transfersByReceipt.clear();
        transfersByOriginator.clear();
        reversals.clear();
        openMerchant();
    }

    private void openMerchant() {
        Credentials merchant = settings.credentials();
        introduce(merchant.shortCode(), Kind.PAY_BILL);
        introduce(merchant.tillNumber(), Kind.TILL);
        introduce(settings.payoutShortCode(), Kind.BULK);
        deposit(merchant.shortCode(), Account.WORKING, settings.workingFloat());
        deposit(merchant.shortCode(), Account.UTILITY, settings.utilityFloat());
    }

    private synchronized Optional<LedgerEntry> book(String phone, String creditTo, long amount,
            Supplier<LedgerEntry> entry) {
        customerBalance(phone);
        if (!move(Holder.customer(phone), receiver(creditTo), amount)) {
            return Optional.empty();
        }
        LedgerEntry made = entry.get();
        payments.add(made);
        byReceipt.put(made.receipt(), made);
        return Optional.of(made);
    }

    private static void index(Map<String, Transfer> index, String key, Transfer transfer) {
        if (key != null) {
            index.putIfAbsent(key, transfer);
        }
    }

    private boolean move(Holder from, Holder to, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("negative amount: " + amount);
        }
        long balance = balances.getOrDefault(from, 0L);
        if (balance < amount) {
            return false;
        }
        balances.put(from, balance - amount);
        balances.merge(to, amount, Long::sum);
        return true;
    }

    private Holder receiver(String shortCode) {
        return Holder.of(numberOf(shortCode), kind(shortCode).receiving());
    }

    private Holder holder(String party, String account) {
        if (account == null) {
            customerBalance(party);
            return Holder.customer(party);
        }
        kind(party);
        return Holder.of(numberOf(party), Account.named(account));
    }

    private void set(Holder holder, long balance) {
        Long before = balances.put(holder, balance);
        opened.merge(holder, balance - Objects.requireNonNullElse(before, 0L), Long::sum);
    }

    /** A store number stands for its till. */
    private String numberOf(String shortCode) {
        Credentials merchant = settings.credentials();
        return merchant.storeNumber().equals(shortCode) ? merchant.tillNumber() : shortCode;
    }
}
