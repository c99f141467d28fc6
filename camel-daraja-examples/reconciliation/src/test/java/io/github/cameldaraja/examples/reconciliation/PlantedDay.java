package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.csv.CSVRecord;

/** A day of payments in Safaricom's books and in a ledger, which agree but for what was planted. */
final class PlantedDay {

    private static final int AT_ONCE = 2_000;
    private static final int PHONES = 500;

    private final DarajaSimulator safaricom;
    private final TransactionRepository ledger;
    private final LocalDate day;
    private final References references;
    private final Set<String> planted = new TreeSet<>();
    private final List<CompletableFuture<?>> running = new ArrayList<>();
    private int agreeing;

    private PlantedDay(DarajaSimulator safaricom, TransactionRepository ledger, LocalDate day) {
        this.safaricom = safaricom;
        this.ledger = ledger;
        this.day = day;
        references = new References(safaricom.clock());
    }

    /**
     * Plants so many payments, and among them so many differences of all kinds.
     *
     * @param day that is over for some hours
     */
    static PlantedDay plant(DarajaSimulator safaricom, TransactionRepository ledger, LocalDate day, int payments, int differences) {
        PlantedDay planted = new PlantedDay(safaricom, ledger, day);
        planted.around();
        int every = payments / differences;
        for (int i = 0; i < payments; i++) {
            Instant at = planted.at(LocalTime.MIN).plusMillis(86_400_000L * i / payments / 1000 * 1000);
            if (i % every == every / 2) {
                planted.differ(i / every, i, at);
            } else {
                planted.agree(i, at);
            }
        }
        planted.end();
        return planted;
    }

    /** What does not agree: kind, receipt there, receipt here. */
    Set<String> planted() {
        return planted;
    }

    int agreeing() {
        return agreeing;
    }

    static Set<String> differences(List<CSVRecord> report) {
        Set<String> found = new TreeSet<>();
        for (CSVRecord row : report) {
            String here = row.get("receipt_here").isEmpty() && row.get("kind").equals("DOUBLED") ? row.get("account")
                    : row.get("receipt_here");
            if (!row.get("kind").equals("AGREES") && !found.add(name(row.get("kind"), row.get("receipt_there"), here))) {
                throw new AssertionError("reported twice: " + row);
            }
        }
        return found;
    }

    // what must not be reported: it agrees, or it is another day's
    private void around() {
        Instant midnight = at(LocalTime.MIN);
        Instant end = midnight.plus(Duration.ofDays(1));
        both("FIRST0", midnight, midnight);
        both("LAST00", end.minusSeconds(1), end.minusSeconds(1));
        both("SECOND", midnight.plusSeconds(40), midnight.plusSeconds(43));
        agreeing += 3;
        both("NEXT00", end, end);
        both("BEFORE", midnight.minusSeconds(1), midnight.minusSeconds(1));
        there("NEXT01", 77, end.plusSeconds(600), phone(1), "N1");
        here("BEFOR1", 78, midnight.minusSeconds(600), phone(1), "N2", PaymentStatus.COMPLETED);
        // a failed payment, and one that is open
        here(null, 79, midnight.plusSeconds(600), phone(1), "N3", PaymentStatus.CANCELLED);
        run(ledger.open(intent(80, midnight.plusSeconds(700), phone(1), "N4"), null));
        // nobody minds the case of a receipt
        there("CASE01", 81, midnight.plusSeconds(800), phone(1), "N5");
        here("case01", 81, midnight.plusSeconds(800), phone(1), "N5", PaymentStatus.COMPLETED);
        agreeing++;
    }

    private void agree(int i, Instant at) {
        there(receipt(i), amount(i), at, phone(i), account(i));
        here(receipt(i), amount(i), at, phone(i), account(i), PaymentStatus.COMPLETED);
        agreeing++;
    }

    private void differ(int number, int i, Instant at) {
        String receipt = receipt(i);
        Instant lastMinute = at(LocalTime.MIN).plus(Duration.ofDays(1)).minusSeconds(60);
        switch (number % 10) {
            case 0 -> {
                there(receipt, amount(i), at, phone(i), account(i));
                plant(Kind.NOT_HERE, receipt, null);
            }
            case 1 -> {
                here(receipt, amount(i), at, phone(i), account(i), PaymentStatus.COMPLETED);
                plant(Kind.NOT_THERE, null, receipt);
            }
            case 2 -> {
                there(receipt, amount(i), at, phone(i), account(i));
                here(receipt, amount(i) + 1, at, phone(i), account(i), PaymentStatus.COMPLETED);
                plant(Kind.OTHER_AMOUNT, receipt, receipt);
            }
            case 3 -> {
                there(receipt, amount(i), at, phone(i), account(i));
                here("X" + receipt, amount(i), at.plusSeconds(5), phone(i), account(i), PaymentStatus.COMPLETED);
                plant(Kind.OTHER_RECEIPT, receipt, "X" + receipt);
            }
            case 4 -> {
                agree(i, at);
                here(null, amount(i), at.plusSeconds(30), phone(i), account(i), PaymentStatus.COMPLETED);
                plant(Kind.DOUBLED, null, null, account(i));
            }
            case 5 -> {
                there(receipt, amount(i), lastMinute.plusSeconds(70), phone(i), account(i));
                here(receipt, amount(i), lastMinute.plusSeconds(50), phone(i), account(i), PaymentStatus.COMPLETED);
                plant(Kind.OTHER_DAY, receipt, receipt);
            }
            case 6 -> {
                there(receipt, amount(i), lastMinute.plusSeconds(50), phone(i), account(i));
                // somebody took Nairobi's time for UTC
                here(receipt, amount(i), lastMinute.plusSeconds(50).plus(Duration.ofHours(3)), phone(i), account(i),
                        PaymentStatus.COMPLETED);
                plant(Kind.OTHER_DAY, receipt, receipt);
            }
            case 7 -> {
                there(receipt, amount(i), at, phone(i), account(i));
                here(null, amount(i), at.minusSeconds(20), phone(i), account(i), PaymentStatus.CANCELLED);
                plant(Kind.NOT_HERE, receipt, null);
            }
            case 8 -> {
                there(receipt, amount(i), at, phone(i), account(i));
                here(null, amount(i), at.minusSeconds(20), phone(i), account(i), PaymentStatus.COMPLETED);
                plant(Kind.OTHER_RECEIPT, receipt, null);
            }
            default -> {
                there(receipt, amount(i), at, phone(i), account(i));
                here(receipt, amount(i), at.minus(Duration.ofDays(2)), phone(i), account(i), PaymentStatus.COMPLETED);
                plant(Kind.OTHER_DAY, receipt, receipt);
            }
        }
    }

    private void plant(Kind kind, String there, String here) {
        plant(kind, there, here, "");
    }

    // the account is for those without a receipt, which would all look alike
    private void plant(Kind kind, String there, String here, String account) {
        planted.add(name(kind.name(), there == null ? "" : there, here == null ? account : here));
    }

    private static String name(String kind, String there, String here) {
        return kind + " " + there + " " + here;
    }

    private void both(String receipt, Instant there, Instant here) {
        there(receipt, 70, there, phone(1), receipt);
        here(receipt, 70, here, phone(1), receipt, PaymentStatus.COMPLETED);
    }

    private void there(String receipt, long amount, Instant at, String phone, String account) {
        String shortCode = safaricom.credentials().shortCode();
        safaricom.books().record(new LedgerEntry(receipt, at, phone, shortCode, shortCode, BigDecimal.valueOf(amount), account, null,
                null));
    }

    private void here(String receipt, long amount, Instant at, String phone, String account, PaymentStatus status) {
        Transaction intent = intent(amount, at.minusSeconds(5), phone, account);
        Outcome outcome = Outcome.builder().reference(intent.reference()).status(status).resultCode(status == PaymentStatus.COMPLETED
                ? "0" : "1032").receiptNumber(receipt).amount(BigDecimal.valueOf(amount)).phoneNumber(phone)
                // the answer to a question has neither receipt nor time
                .transactionDate(receipt == null ? null : at.atOffset(ZoneOffset.ofHours(3)))
                .source(receipt == null ? Source.QUERY : Source.CALLBACK).build();
        run(ledger.open(intent, null).thenCompose(stored -> ledger.settle(outcome, "shop-1")));
    }

    // of the shop's own program, which takes the outcomes
    private Transaction intent(long amount, Instant at, String phone, String account) {
        return Transaction.intent(references.next(), "stkPush", "shop", safaricom.credentials().shortCode(), null,
                BigDecimal.valueOf(amount), phone, account, Map.of(), at).asking("f", null).of("shop");
    }

    private void run(CompletableFuture<?> change) {
        running.add(change);
        if (running.size() == AT_ONCE) {
            end();
        }
    }

    private void end() {
        running.forEach(CompletableFuture::join);
        running.clear();
    }

    private Instant at(LocalTime time) {
        return LocalReconciliation.at(day, time);
    }

    private static String receipt(int i) {
        return "UKL" + Integer.toString(36 * 36 * 36 * 36 + i * 7, 36).toUpperCase(Locale.ROOT) + "Q";
    }

    private static long amount(int i) {
        return 50 + i * 31L % 4_000;
    }

    private static String phone(int i) {
        return "2547%08d".formatted(22_000_000 + i % PHONES);
    }

    private static String account(int i) {
        return "ORDER" + i;
    }
}
