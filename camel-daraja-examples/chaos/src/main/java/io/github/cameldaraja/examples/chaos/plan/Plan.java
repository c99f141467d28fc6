package io.github.cameldaraja.examples.chaos.plan;

import io.github.cameldaraja.simulator.FaultPlan;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.TokenFault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * All that is to happen in a run. Each decision is a pure function of seed, payment, edge and attempt: it depends neither on what was
 * asked before nor on how many payments there are.
 *
 * <p>What the plan never does: a callback that claims a payment which was not made, with a receipt that somebody made up. It comes to the
 * address that only Safaricom knows, and nothing at Safaricom contradicts it that weighs more, so the application has to believe it.
 */
public final class Plan {

    /** From this attempt on everything goes well. */
    static final int CLEAN = 3;

    private static final int KILLS_IN_HASH = 60;
    private static final int SHARED_IN_HASH = 1000;

    private final Shares<Kind> kinds = Shares.usually(Kind.PUSH).and(200, Kind.PAYOUT).and(200, Kind.PAY_BILL).and(100, Kind.RETURN);
    private final Shares<Product> products = Shares.usually(Product.V3).and(250, Product.V1).and(250, Product.POCHI);
    private final Shares<Ending> customers = Shares.usually(Ending.PAYS).and(45, Ending.CANCELS).and(20, Ending.WRONG_PIN)
            .and(25, Ending.NO_MONEY).and(30, Ending.NOBODY);
    private final Shares<Ending> receivers = Shares.usually(Ending.PAYS).and(30, Ending.UNREGISTERED).and(20, Ending.TOO_FULL)
            .and(15, Ending.STRANGER).and(15, Ending.EXPIRES);
    private final Shares<Answer> answers = Shares.usually(Answer.GOOD).and(60, Answer.SLOW).and(20, Answer.RESET_BEFORE)
            .and(30, Answer.RESET_AFTER).and(20, Answer.ERROR_AFTER).and(10, Answer.HTML_BEFORE).and(10, Answer.HTML_AFTER)
            .and(7, Answer.SPIKE_ARREST).and(7, Answer.SYSTEM_BUSY).and(6, Answer.QUOTA).and(5, Answer.EMPTY_BODY)
            .and(5, Answer.EMPTY_401).and(3, Answer.REVOKED_TOKEN);
    private final Shares<Telling> pushCallbacks = Shares.usually(Telling.ON_TIME).and(80, Telling.LOST).and(60, Telling.DOUBLED)
            .and(60, Telling.LATE).and(30, Telling.HOURS_LATE).and(40, Telling.EARLY).and(10, Telling.LIE_FIRST)
            .and(10, Telling.LIE_LAST).and(110, Telling.ODD);
    private final Shares<Telling> results = Shares.usually(Telling.ON_TIME).and(80, Telling.LOST).and(60, Telling.DOUBLED)
            .and(60, Telling.LATE).and(30, Telling.HOURS_LATE).and(40, Telling.EARLY).and(10, Telling.LIE_FIRST)
            .and(10, Telling.LIE_LAST).and(30, Telling.TIMEOUT).and(80, Telling.ODD);
    private final Shares<Telling> confirmations = Shares.usually(Telling.ON_TIME).and(100, Telling.LOST).and(100, Telling.DOUBLED)
            .and(80, Telling.LATE).and(30, Telling.HOURS_LATE);
    private final Shares<Telling> pushConfirmations = Shares.usually(Telling.ON_TIME).and(540, Telling.LOST).and(50, Telling.DOUBLED)
            .and(40, Telling.LATE).and(25, Telling.HOURS_LATE).and(75, Telling.EARLY);
    private final Shares<Answer> questionAnswers = Shares.usually(Answer.GOOD).and(40, Answer.SLOW).and(30, Answer.RESET_BEFORE)
            .and(30, Answer.RESET_AFTER).and(20, Answer.ERROR_AFTER).and(20, Answer.SPIKE_ARREST).and(10, Answer.HTML_BEFORE)
            .and(10, Answer.EMPTY_BODY);
    private final Shares<Telling> questionCallbacks = Shares.usually(Telling.ON_TIME).and(100, Telling.LOST).and(60, Telling.DOUBLED)
            .and(60, Telling.LATE).and(40, Telling.EARLY).and(40, Telling.TIMEOUT).and(80, Telling.ODD);
    private final Shares<TokenFault> tokens = Shares.<TokenFault>usually(null).and(40, TokenFault.SLOW).and(40, TokenFault.RESET)
            .and(40, TokenFault.HTML_503).and(20, TokenFault.EMPTY_401).and(60, TokenFault.MISSING_EXPIRY);
    private final Shares<RequestFault> pulls = Shares.<RequestFault>usually(null).and(20, RequestFault.RESET_BEFORE)
            .and(20, RequestFault.RESET_AFTER).and(20, RequestFault.HTML_503).and(20, RequestFault.ERROR_AFTER)
            .and(20, RequestFault.SPIKE_ARREST).and(20, RequestFault.EMPTY_BODY).and(20, RequestFault.EMPTY_401)
            .and(20, RequestFault.SYSTEM_BUSY);
    private final List<Look> pushLooks = List.of(Look.MASKED_PHONE, Look.NO_BALANCE, Look.BALANCE_WITHOUT_VALUE, Look.AMOUNT_AS_TEXT,
            Look.WHOLE_AMOUNT, Look.PREFIXED_TEXT, Look.CODE_AS_TEXT);
    private final List<Look> resultLooks = List.of(Look.OLD_FORM, Look.PERMUTED, Look.CODES_AS_TEXT, Look.NUMBERS_AS_TEXT,
            Look.PARAMETER_LIST, Look.NO_REFERENCES, Look.ESCAPED_SLASHES);

    private final Dice dice;
    private final int payments;

    /** For so many payments, numbered from 0 on. */
    public Plan(long seed, int payments) {
        if (payments < 1) {
            throw new IllegalArgumentException("payments must be at least 1: " + payments);
        }
        this.dice = new Dice(seed);
        this.payments = payments;
    }

    /** The order with that number. */
    public Payment payment(int number) {
        if (number < 0 || number >= payments) {
            throw new IllegalArgumentException("payments are numbered from 0 to " + (payments - 1) + ": " + number);
        }
        Dice.Throw order = dice.cast(number, Edge.ORDER, 0);
        Kind kind = kinds.at(order.perMille(0));
        boolean asked = kind == Kind.PUSH || kind == Kind.PAYOUT;
        return new Payment(number, kind, kind == Kind.PAYOUT ? products.at(order.perMille(1)) : null, Payment.phone(number),
                10 + order.below(1491, 2), asked && order.perMille(3) < (kind == Kind.PUSH ? 400 : 200), asked && order.perMille(4) < 50);
    }

    /** What happens to the order with that number. */
    public Fate fate(int number) {
        Payment payment = payment(number);
        Ending ending = ending(payment);
        boolean asked = payment.kind() == Kind.PUSH;
        boolean results = payment.kind() == Kind.PAYOUT || payment.kind() == Kind.RETURN;
        return new Fate(payment, ending,
                payment.kind() == Kind.PAY_BILL ? List.of() : attempts(attempt -> request(payment, ending, attempt)),
                confirmation(payment, ending),
                asked ? Collections.unmodifiableList(Arrays.asList(query(number, 0), query(number, 1), query(number, 2))) : List.of(),
                results ? attempts(attempt -> question(number, attempt)) : List.of());
    }

    /** What the plan does to an order, for people. */
    public String story(int number) {
        return fate(number).story();
    }

    /** The plan as the simulator follows it. */
    public FaultPlan faults() {
        return new PlannedFaults(this);
    }

    /**
     * Who is killed when, spread over all orders, by the number of the order.
     *
     * @param application kills of nodes, each step about as often
     * @param database    kills of the database
     * @param stalls      how often the database stands still
     */
    public List<Kill> kills(int application, int database, int stalls) {
        List<Kill> kills = new ArrayList<>();
        Step[] steps = Step.values();
        for (int i = 0; i < application; i++) {
            // all steps in turn, beginning with another one each time
            int turn = dice.cast(i / steps.length, Edge.STEP, 0).below(steps.length, 0);
            kills.add(new Kill(at(Edge.NODE_KILL, i, application), Target.NODE, steps[(i + turn) % steps.length], Duration.ZERO));
        }
        IntStream.range(0, database).forEach(i -> kills.add(new Kill(at(Edge.DATABASE_KILL, i, database), Target.DATABASE, null,
                away(Edge.DATABASE_KILL, i))));
        IntStream.range(0, stalls).forEach(i -> kills.add(new Kill(at(Edge.STALL, i, stalls), Target.STALL, null, away(Edge.STALL, i))));
        kills.sort(Comparator.comparingInt(Kill::at).thenComparing(Kill::target));
        return List.copyOf(kills);
    }

    /** A hash of all decisions. The same seed and number of payments give the same. */
    public String hash() {
        return hash(kills(KILLS_IN_HASH, KILLS_IN_HASH, KILLS_IN_HASH));
    }

    /** The same with these kills. */
    public String hash(List<Kill> kills) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < payments; i++) {
                add(digest, fate(i));
            }
            for (int i = 0; i < SHARED_IN_HASH; i++) {
                add(digest, token(i) + " " + pull(i));
            }
            kills.forEach(kill -> add(digest, kill));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many payments there are. */
    int payments() {
        return payments;
    }

    /** What goes wrong with that request for a token; never with two one after the other, nor with the first. */
    TokenFault token(int attempt) {
        return attempt % 2 == 0 ? null : tokens.at(dice.cast(0, Edge.TOKEN, attempt).perMille(0));
    }

    /** What goes wrong with that query of the pull API; never with two one after the other, nor with the first. */
    RequestFault pull(int attempt) {
        return attempt % 2 == 0 ? null : pulls.at(dice.cast(0, Edge.PULL, attempt).perMille(0));
    }

    private Ending ending(Payment payment) {
        int share = dice.cast(payment.number(), Edge.ENDING, 0).perMille(0);
        return switch (payment.kind()) {
            case PUSH -> customers.at(share);
            case PAYOUT -> receivers.at(share);
            case PAY_BILL, RETURN -> Ending.PAYS;
        };
    }

    private static List<Attempt> attempts(IntFunction<Attempt> each) {
        return IntStream.range(0, CLEAN).mapToObj(each).toList();
    }

    private Attempt request(Payment payment, Ending ending, int attempt) {
        if (payment.kind() == Kind.RETURN && attempt > 0) {
            // a reversal is sent twice at most, and what the second one says must be heard
            return Attempt.USUAL;
        }
        Dice.Throw sent = dice.cast(payment.number(), Edge.ANSWER, attempt);
        Answer answer = sent.below(1 << attempt, 0) == 0 ? answers.at(sent.perMille(1)) : Answer.GOOD;
        return new Attempt(answer, slow(answer, sent), callback(payment, ending, attempt));
    }

    private Message callback(Payment payment, Ending ending, int attempt) {
        Dice.Throw told = dice.cast(payment.number(), Edge.CALLBACK, attempt);
        boolean push = payment.kind() == Kind.PUSH;
        Telling telling = (push ? pushCallbacks : results).at(told.perMille(0));
        if (telling == Telling.EARLY && ending == Ending.NOBODY || telling != Telling.LOST && ending == Ending.EXPIRES) {
            // nobody decides that early; and what has expired is told as a timeout
            return Message.USUAL;
        }
        List<Look> looks = push ? pushLooks : resultLooks;
        return new Message(telling, after(telling, told), telling.lies() ? lie(push, ending) : null,
                telling == Telling.ODD ? looks.get(told.below(looks.size(), 2)) : Look.USUAL);
    }

    // never a payment, see above
    private static String lie(boolean push, Ending ending) {
        Ending usual = push ? Ending.CANCELS : Ending.TOO_FULL;
        Ending other = push ? Ending.NOBODY : Ending.UNREGISTERED;
        return (ending == usual ? other : usual).code();
    }

    private Message confirmation(Payment payment, Ending ending) {
        if (payment.kind() == Kind.PAYOUT || !ending.moves()) {
            return Message.USUAL;
        }
        Dice.Throw told = dice.cast(payment.number(), Edge.CONFIRMATION, 0);
        Telling telling = (payment.kind() == Kind.PUSH ? pushConfirmations : confirmations).at(told.perMille(0));
        return Message.of(telling, after(telling, told));
    }

    private QueryFault query(int number, int attempt) {
        Dice.Throw asked = dice.cast(number, Edge.QUERY, attempt);
        QueryFault[] faults = QueryFault.values();
        return asked.perMille(0) < 250 >> attempt ? faults[asked.below(faults.length, 1)] : null;
    }

    private Attempt question(int number, int attempt) {
        Dice.Throw asked = dice.cast(number, Edge.QUESTION_ANSWER, attempt);
        Dice.Throw told = dice.cast(number, Edge.QUESTION_CALLBACK, attempt);
        Answer answer = questionAnswers.at(asked.perMille(0));
        Telling telling = questionCallbacks.at(told.perMille(0));
        return new Attempt(answer, slow(answer, asked), new Message(telling, after(telling, told), null,
                telling == Telling.ODD ? resultLooks.get(told.below(resultLooks.size(), 2)) : Look.USUAL));
    }

    private static Duration slow(Answer answer, Dice.Throw sent) {
        return answer == Answer.SLOW ? sent.between(Duration.ofMillis(50), Duration.ofMillis(800), 2) : Duration.ZERO;
    }

    private static Duration after(Telling telling, Dice.Throw told) {
        return switch (telling) {
            case LATE -> told.between(Duration.ofSeconds(3), Duration.ofMinutes(2), 1);
            case HOURS_LATE -> told.between(Duration.ofHours(1), Duration.ofHours(20), 1);
            default -> Duration.ZERO;
        };
    }

    private int at(Edge edge, int nth, int count) {
        long from = (long) nth * payments / count;
        long to = (long) (nth + 1) * payments / count;
        // not in the last tenth: there must be an order that gets there
        int width = (int) Math.max(1, (to - from) * 9 / 10);
        return (int) Math.min(payments - 1L, from + dice.cast(nth, edge, 0).below(width, 0));
    }

    private Duration away(Edge edge, int nth) {
        return dice.cast(nth, edge, 1).between(Duration.ofMillis(200), Duration.ofSeconds(4), 0);
    }

    private static void add(MessageDigest digest, Object decision) {
        digest.update(decision.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
