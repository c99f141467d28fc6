package io.github.cameldaraja.examples.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.examples.chaos.plan.Merchant.Reply;
import io.github.cameldaraja.examples.chaos.plan.Merchant.Sent;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who does all that can be done hears the truth about every payment, but for those of which the plan says that he may not. */
class TrueWordsTest {

    private static final int ORDERS = 500;

    private final Plan plan = new Plan(2026, ORDERS);
    private final List<Fate> fates = IntStream.range(0, ORDERS).mapToObj(plan::fate).toList();
    private final Map<Integer, Reply> replies = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private DarajaSimulator safaricom;
    private Merchant merchant;

    @BeforeEach
    void open() {
        safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withUtilityFloat(10_000_000).withNewTokenKillsOld(false)
                .withTokenLife(Duration.ofDays(9)));
        safaricom.clock().freeze();
        merchant = new Merchant(safaricom);
        merchant.register();
        safaricom.plan(plan.faults());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        merchant.close();
        safaricom.close();
    }

    @Test
    void theTruthGetsThroughUnlessThePlanSaysOtherwise() throws Exception {
        each(fate -> true, this::begin);
        pass(Duration.ofMinutes(2));
        Map<String, LedgerEntry> paid = safaricom.books().payments().stream()
                .collect(Collectors.toMap(LedgerEntry::payerPhone, Function.identity()));
        each(fate -> fate.payment().kind() == Kind.RETURN, fate -> reverse(fate, paid.get(fate.payment().phone()).receipt()));
        pass(Duration.ofMinutes(2));
        // what is not known and refused a second time is sent once more, the same
        each(this::isRepeated, fate -> repeat(fate, paid));
        pass(Duration.ofHours(21));
        Set<String> told = new HashSet<>();
        merchant.heard("/confirmed").forEach(message -> told.add(message.path("BillRefNumber").asText()));
        statement(told);
        Map<String, List<Transfer>> moved = safaricom.books().transfers().stream()
                .collect(Collectors.groupingBy(transfer -> transfer.to()));

        for (Fate fate : fates) {
            Payment payment = fate.payment();
            boolean out = moved.containsKey(payment.phone());
            assertThat(moved.getOrDefault(payment.phone(), List.of())).as(fate.story()).hasSizeLessThan(2);
            boolean truth = payment.kind() == Kind.PUSH ? paid.containsKey(payment.phone()) : out;
            boolean heard = payment.kind() == Kind.PAY_BILL || payment.kind() == Kind.PUSH && truth
                    ? told.contains(payment.id()) || isTold(payment, truth) : isTold(payment, truth);
            if (fate.decisive().answer().accepts()) {
                assertThat(truth || payment.kind() == Kind.PAY_BILL).as(fate.story()).isEqualTo(fate.ending().moves());
            }
            if (payment.kind() == Kind.PUSH || payment.product() == Product.V1) {
                assertThat(heard).as(fate.story()).isEqualTo(fate.mayStayOpenIfAcknowledgementIsLost().isEmpty());
            }
            assertThat(heard || isAnswered(fate, truth)).as(fate.story()).isEqualTo(fate.mayStayOpen().isEmpty());
        }
        assertThat(fates).filteredOn(fate -> fate.mayStayOpen().isPresent()).hasSizeBetween(3, ORDERS * 3 / 100);
        safaricom.books().verify();
    }

    private void begin(Fate fate) {
        Payment payment = fate.payment();
        switch (payment.kind()) {
            case PUSH -> replies.put(payment.number(), merchant.push(payment));
            case PAYOUT -> replies.put(payment.number(), merchant.payout(payment));
            default -> safaricom.c2b().pay(payment.phone(), safaricom.credentials().shortCode(), payment.id(), payment.amount());
        }
    }

    private void reverse(Fate fate, String receipt) {
        replies.put(fate.payment().number(), merchant.reversal(fate.payment(), receipt));
    }

    private boolean isRepeated(Fate fate) {
        Payment payment = fate.payment();
        return replies.containsKey(payment.number()) && replies.get(payment.number()).sent() == Sent.UNKNOWN
                && payment.kind() != Kind.PUSH && payment.product() != Product.V1;
    }

    private void repeat(Fate fate, Map<String, LedgerEntry> paid) {
        Payment payment = fate.payment();
        if (payment.kind() == Kind.RETURN) {
            reverse(fate, paid.get(payment.phone()).receipt());
            return;
        }
        for (int i = 0; i < 5 && replies.get(payment.number()).sent() == Sent.UNKNOWN; i++) {
            replies.put(payment.number(), merchant.payout(payment));
        }
    }

    /** Whether a callback says how it has ended; of lies there may be others. */
    private boolean isTold(Payment payment, boolean moved) {
        return merchant.heard("/told/" + payment.id()).stream().map(TrueWordsTest::code)
                .anyMatch(code -> moved == ("0".equals(code) || "R000001".equals(code)));
    }

    private static String code(JsonNode message) {
        JsonNode push = message.at("/Body/stkCallback/ResultCode");
        return (push.isMissingNode() ? message.at("/Result/ResultCode") : push).asText();
    }

    /** Whether a question is answered in the end, and truly. */
    private boolean isAnswered(Fate fate, boolean moved) {
        Payment payment = fate.payment();
        Reply reply = replies.get(payment.number());
        if (reply == null || reply.sent() == Sent.UNKNOWN || reply.sent() == Sent.REFUSED) {
            return false;
        }
        for (int i = 0; i <= Plan.CLEAN; i++) {
            String state = payment.kind() == Kind.PUSH ? merchant.query(reply.id()) : state(payment, reply);
            if (state != null) {
                assertThat("0".equals(state) || "Completed".equals(state)).as(fate.story()).isEqualTo(moved);
                return true;
            }
        }
        return false;
    }

    private String state(Payment payment, Reply reply) {
        merchant.status(payment, reply.id() == null ? Merchant.ownId(payment) : reply.id());
        pass(Duration.ofMinutes(3));
        return merchant.heard("/state/" + payment.id()).stream()
                .flatMap(message -> message.findValues("ResultParameter").stream())
                .flatMap(list -> IntStream.range(0, list.size()).mapToObj(list::get))
                .filter(item -> "TransactionStatus".equals(item.path("Key").asText()))
                .map(item -> item.path("Value").asText()).findFirst().orElse(null);
    }

    private void statement(Set<String> told) {
        int read = 0;
        while (true) {
            JsonNode page = merchant.statement(read);
            if (page != null && "1001".equals(page.path("ResponseCode").asText())) {
                return;
            }
            if (page != null) {
                JsonNode rows = page.at("/Response/0");
                rows.forEach(row -> told.add(row.path("billreference").asText()));
                read += rows.size();
            }
        }
    }

    private void pass(Duration time) {
        safaricom.clock().advance(time);
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5))
                .until(() -> safaricom.counters().count("callbacksSent") == safaricom.callbacks().size());
    }

    private void each(Predicate<Fate> which, Consumer<Fate> work) throws Exception {
        List<Future<?>> running = fates.stream().filter(which).<Future<?>>map(fate -> threads.submit(() -> work.accept(fate))).toList();
        for (Future<?> one : running) {
            one.get();
        }
    }
}
