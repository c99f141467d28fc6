package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.examples.chaos.plan.Product;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Transfer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run has left, made up: four orders of each kind, each of 100 shillings and its number. */
final class Scene {

    static final Kind[] KINDS = Kind.values();
    static final int ORDERS = 4 * KINDS.length;
    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    final List<LedgerEntry> payments = new ArrayList<>();
    final List<Transfer> transfers = new ArrayList<>();
    final Map<Integer, String> excuses = new HashMap<>();
    final Set<String> neverSent = new HashSet<>();
    private final Set<Integer> contradicted = new HashSet<>();
    final Map<Integer, List<Answered>> answered = new HashMap<>();
    private final Ground ground;
    private int seconds;

    Scene(Ground ground) {
        this.ground = ground;
        ground.empty();
    }

    /** Order 0 is a push, 1 a payout, 2 a pay bill payment, 3 one to be returned, 4 a push and so on. */
    static Payment order(int number) {
        Kind kind = KINDS[number % KINDS.length];
        return new Payment(number, kind, kind == Kind.PAYOUT ? Product.V3 : null, Payment.phone(number), amount(number), false, false);
    }

    static long amount(int number) {
        return 100 + number;
    }

    /** What the component calls its payment. */
    static String reference(int number) {
        return "ref" + number;
    }

    /** Everything has gone well for all orders but those. */
    void wellBut(int... others) {
        for (int number = 0; number < ORDERS; number++) {
            int one = number;
            if (Arrays.stream(others).noneMatch(other -> other == one)) {
                well(number);
            }
        }
    }

    void well(int number) {
        switch (order(number).kind()) {
            case PUSH -> {
                paysIn(number, receipt(number));
                answers(number, "PENDING");
                hears(number, "stkPush", "COMPLETED");
                books(number, receipt(number), amount(number));
                stores(number, "stkPush", "COMPLETED");
            }
            case PAYOUT -> {
                paysOut(number, receipt(number));
                answers(number, "PENDING");
                hears(number, "b2c", "COMPLETED");
                books(number, receipt(number), amount(number));
                stores(number, "b2c", "COMPLETED");
            }
            case PAY_BILL -> paidAtThePhone(number);
            case RETURN -> {
                paidAtThePhone(number);
                givesBack(number);
                hears(returning(number), number, "reversal", "COMPLETED", "from");
                books(returning(number), "OUT", number, "B" + receipt(number), BigDecimal.valueOf(amount(number)));
                stores(returning(number), "reversal", "COMPLETED", false);
            }
        }
    }

    void paidAtThePhone(int number) {
        paysIn(number, receipt(number));
        hears(number, "c2bConfirmation", "COMPLETED");
        books(reference(number), "IN", number, receipt(number), BigDecimal.valueOf(amount(number)));
        stores(number, "c2bConfirmation", "COMPLETED");
    }

    static String receipt(int number) {
        return "UC2" + String.format("%07d", number);
    }

    static String returning(int number) {
        return "back" + number;
    }

    void paysIn(int number, String receipt) {
        paysIn(number, receipt, amount(number));
    }

    void paysIn(int number, String receipt, long amount) {
        payments.add(new LedgerEntry(receipt, START, Payment.phone(number), "600000", "600000", BigDecimal.valueOf(amount),
                Payment.id(number), null, null));
    }

    void paysOut(int number, String receipt) {
        transfers.add(new Transfer(receipt, START, "BusinessPayment", "600000", "Utility Account", Payment.phone(number), null,
                BigDecimal.valueOf(amount(number)), null, "o" + receipt, "c" + receipt, null));
    }

    void givesBack(int number) {
        transfers.add(new Transfer("B" + receipt(number), START, "TransactionReversal", "600000", "Utility Account",
                Payment.phone(number), null, BigDecimal.valueOf(amount(number)), null, "o", "c", receipt(number)));
    }

    void answers(int number, String answered) {
        ground.update("insert into chaos_order values (?, ?, ?, ?)", Payment.id(number), reference(number), answered, now());
    }

    void hears(int number, String operation, String status) {
        hears(reference(number), number, operation, status, "from");
    }

    void hears(String reference, int number, String operation, String status, String via) {
        ground.update("insert into chaos_heard (order_id, reference, operation, status, via, node, at) values (?, ?, ?, ?, ?, 'a', ?)",
                Payment.id(number), reference, operation, status, via, now());
    }

    void books(int number, String receipt, long amount) {
        books(reference(number), order(number).kind() == Kind.PAYOUT ? "OUT" : "IN", number, receipt, BigDecimal.valueOf(amount));
    }

    void books(String reference, String direction, int number, String receipt, BigDecimal amount) {
        ground.update("insert into chaos_ledger values (?, ?, ?, ?, ?, 'a', ?)", reference, direction, Payment.id(number), amount,
                receipt, now());
    }

    void stores(int number, String operation, String status) {
        stores(reference(number), operation, status, false);
    }

    void stores(String reference, String operation, String status, boolean disputed) {
        ground.update("insert into daraja_payment (reference, operation, account, status, ended, created_at, updated_at, disputed,"
                + " questions, held) values (?, ?, 'default', ?, false, ?, ?, ?, 0, false)", reference, operation, status, now(), now(),
                disputed);
    }

    void delivers(int number, String state) {
        ground.update("insert into daraja_delivery (reference, number, group_name, application, operation, account, attempt, state, since)"
                + " values (?, 1, 'default', 'chaos', 'stkPush', 'default', 3, ?, ?)", reference(number), state, now());
    }

    void contradicts(int number) {
        contradicted.add(number);
    }

    void excuse(int number) {
        excuses.put(number, "callback and acknowledgement are lost");
    }

    /** Safaricom's callback said so, and the application has answered. */
    void tells(int number, Direction direction, boolean paid, int status) {
        answered.computeIfAbsent(number, key -> new ArrayList<>()).add(new Answered(direction, paid, status, "callback"));
    }

    Audit audit() {
        return new Audit(ORDERS, Scene::order, new Safaricom(payments, transfers), ground.database())
                .with(new Excuses() {
                    @Override
                    public Optional<String> of(int number) {
                        return Optional.ofNullable(excuses.get(number));
                    }

                    @Override
                    public Optional<String> of(int number, String reference) {
                        return neverSent.contains(reference) ? Optional.of("it was never sent") : Optional.empty();
                    }

                    @Override
                    public Optional<String> contradiction(int number) {
                        return contradicted.contains(number) ? Optional.of("the first callback was a lie") : Optional.empty();
                    }
                }, number -> answered.getOrDefault(number, List.of()));
    }

    private Object now() {
        return START.plusSeconds(seconds++).atOffset(ZoneOffset.UTC);
    }
}
