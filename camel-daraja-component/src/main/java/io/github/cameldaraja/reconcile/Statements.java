package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.StatementApi;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.Alarms;
import io.github.cameldaraja.transaction.Arrivals;
import io.github.cameldaraja.transaction.Node;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an account's statement from where it was read last, page by page, and lets every payment that it lists pass the one door.
 * The position moves only when all payments up to it are stored, so that a failure loses nothing; and it moves in slices of time,
 * shorter after each failure, so that failures do not hold it for ever.
 */
public final class Statements {

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
    /** What is read before the position moves: a process that is killed again and again must get somewhere, too. */
    private static final int MANY_ROWS = 2_000;
    /** More than anybody is paid in a minute; a server that always has another page must not hold us for ever. */
    private static final int MOST_ROWS = 1_000_000;
    /** How many are stored at the same time: a page of thousands must not become thousands of threads of work. */
    private static final int ROWS_AT_ONCE = 16;
    /** What a page has if there may be another one. */
    private static final int FULL_PAGE = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);
    /** Before its end Safaricom's memory is not relied on: its clock is not ours, and until it is asked ours goes on. */
    private static final Duration MARGIN = CLOCKS_APART;
    /** What is left of the margin at least when it is asked. */
    private static final Duration LEAST_MARGIN = Duration.ofMinutes(2);

    private final Clock clock;
    private final DarajaGateway gateway;
    private final TransactionRepository repository;
    private final Arrivals arrivals;
    private final Alarms alarms;
    private final Supplier<Node> node;
    private final OddRows oddRows;
    // of this node's own readings, by position; who knows nothing of them reads more again, and loses nothing
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    /**
     * @param node who reads, once it runs
     */
    public Statements(Clock clock, DarajaGateway gateway, TransactionRepository repository, Arrivals arrivals, Alarms alarms,
                      Supplier<Node> node) {
        this.clock = clock;
        this.gateway = gateway;
        this.repository = repository;
        this.arrivals = arrivals;
        this.alarms = alarms;
        this.node = node;
        this.oddRows = new OddRows(clock, repository, alarms);
    }

    /**
     * Reads what is new, unless another node does, or has just done so.
     *
     * @param overlap how far it goes back before the end of the last reading, for rows that appear late
     * @param lag     how old payments must be, so that what tells of them sooner has its chance
     * @param pause   until the next reading; about as long no other node reads
     * @return how many payments count that nobody had told us of; fails if not everything could be read and stored
     */
    public <A extends DarajaAnswer> CompletableFuture<Integer> read(StatementApi<A> api, Account account, Duration overlap,
                                                                    Duration lag, Duration pause) {
        String cursor = api.name() + '/' + account.name() + '/' + account.shortCode();
        Commons commons = repository.commons().orElse(null);
        if (commons == null) {
            return read(api, account, overlap, lag, cursor, () -> CompletableFuture.completedFuture(null));
        }
        return ReadingTurn.take(commons, clock, cursor, node.get().id(), pause).thenCompose(turn -> {
            if (turn == null) {
                LOG.debug("Another node reads the statement of {}, or has just read it", account);
                return CompletableFuture.completedFuture(0);
            }
            CompletableFuture<Integer> reading = read(api, account, overlap, lag, cursor, turn::hold);
            return reading.handle((counted, failure) -> turn.end(failure == null)).thenCompose(ended -> ended)
                    .thenCompose(ended -> reading);
        });
    }

    private <A extends DarajaAnswer> CompletableFuture<Integer> read(StatementApi<A> api, Account account, Duration overlap,
                                                                     Duration lag, String cursor,
                                                                     Supplier<CompletableFuture<Void>> hold) {
        Instant until = clock.instant().minus(lag);
        return repository.cursor(cursor).thenCompose(position -> {
            Instant reached = position == null ? null : Instant.parse(position);
            Look begun = looks.get(cursor);
            Instant from = from(reached, until, reach(api).minus(lag), overlap, account);
            if (from.isAfter(until)) {
                LOG.info("The statement of {} was read further than {}: the clock was set back, or lag is longer now", account, until);
                return CompletableFuture.completedFuture(0);
            }
            Look look = Look.after(begun, reached, from, until, reach(api));
            return new Looking<>(api, account, cursor, hold).on(look, 0, false).thenCompose(counted -> look.until().isBefore(until)
                    // one that had failed before is over, and what has been paid since then is next
                    ? read(api, account, overlap, lag, cursor, hold).thenApply(more -> counted + more)
                    : CompletableFuture.completedFuture(counted));
        });
    }

    private static Duration reach(StatementApi<?> api) {
        return api.window().minus(MARGIN);
    }

    private Instant from(Instant last, Instant until, Duration reach, Duration overlap, Account account) {
        Instant earliest = until.minus(reach);
        if (last == null) {
            return earliest;
        }
        if (last.isBefore(earliest)) {
            tellGap(account, last, earliest);
        }
        Instant from = last.minus(overlap);
        return from.isBefore(earliest) ? earliest : from;
    }

    private void tellGap(Account account, Instant last, Instant earliest) {
        LOG.error("A person must look: the statement of {} was read up to {} and can be read from {} on only; what was paid"
                + " between is not told any more", account, last, earliest);
        alarms.raise(AlertKind.STATEMENT_GAP, account.name(), "the statement was read too late: what was paid in a gap is not told any"
                + " more; compare the portal", Map.of("from", last, "until", earliest), account.shortCode(), last);
    }

    // whether the Z of a pulled row means what it says is not known; a booking in the future is Nairobi's time with a wrong Z
    private Outcome booked(Outcome payment) {
        OffsetDateTime time = payment.transactionDate();
        return time == null || !time.toInstant().isAfter(clock.instant().plus(CLOCKS_APART)) ? payment
                : payment.toBuilder().transactionDate(time.withOffsetSameInstant(ZoneOffset.UTC)
                        .withOffsetSameLocal(time.getOffset())).build();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(NairobiTime.ZONE).toOffsetDateTime();
    }

    /** One node's work on a {@link Look}, slice by slice. */
    private final class Looking<A extends DarajaAnswer> {

        private final StatementApi<A> api;
        private final Account account;
        private final String cursor;
        private final Supplier<CompletableFuture<Void>> hold;

        Looking(StatementApi<A> api, Account account, String cursor, Supplier<CompletableFuture<Void>> hold) {
            this.api = api;
            this.account = account;
            this.cursor = cursor;
            this.hold = hold;
        }

        /** @param begun whether a slice was read whole by now */
        CompletableFuture<Integer> on(Look wanted, int counted, boolean begun) {
            Look look = inReach(wanted);
            Instant end = look.end();
            Reading<A> one = new Reading<>(api, account, look.at(), end, hold);
            CompletableFuture<Slice> reading = one.page(0, null, 0).thenCompose(slice -> slice.whole()
                    ? hold.get().thenCompose(held -> move(end)).thenApply(moved -> slice) : CompletableFuture.completedFuture(slice));
            return reading.handle((slice, failure) -> {
                Look next = look.shorter();
                if (failure == null && slice.whole()) {
                    next = look.further(slice.rows() <= MANY_ROWS / 2);
                } else if (failure != null && begun && !one.isBegun()) {
                    // a first query that fails after a slice that did not says nothing about the length
                    next = look;
                }
                looks.put(cursor, next);
                return next;
            }).thenCompose(next -> reading.thenCompose(slice -> {
                int sum = counted + slice.counted();
                return slice.whole() && !end.isBefore(look.until()) ? CompletableFuture.completedFuture(sum)
                        : on(next, sum, begun || slice.whole());
            }));
        }

        // a slice that is read again and again, each time a shorter one, takes its time: with what has become too old all would be refused
        private Look inReach(Look look) {
            Instant now = clock.instant();
            if (!look.at().isBefore(now.minus(api.window()).plus(LEAST_MARGIN))) {
                return look;
            }
            Instant earliest = now.minus(reach(api));
            tellGap(account, look.at(), earliest);
            return look.from(earliest);
        }

        // the overlap lies before it, and another node may have gone further meanwhile
        private CompletableFuture<Void> move(Instant end) {
            return repository.cursor(cursor).thenCompose(position -> position != null && !Instant.parse(position).isBefore(end)
                    ? CompletableFuture.completedFuture(null) : repository.moveCursor(cursor, end.toString()));
        }
    }

    /**
     * What was read between two moments.
     *
     * @param whole   whether it was everything; otherwise it is to be read in shorter slices
     * @param rows    of the statement, payments or not
     * @param counted how many payments count that nobody had told us of
     */
    private record Slice(boolean whole, int rows, int counted) {
    }

    /** One way through a slice. */
    private final class Reading<A extends DarajaAnswer> {

        private final StatementApi<A> api;
        private final Account account;
        private final Instant from;
        private final Instant until;
        private final Supplier<CompletableFuture<Void>> hold;
        private volatile boolean begun;

        Reading(StatementApi<A> api, Account account, Instant from, Instant until, Supplier<CompletableFuture<Void>> hold) {
            this.api = api;
            this.account = account;
            this.from = from;
            this.until = until;
            this.hold = hold;
        }

        /** Whether there was an answer. */
        boolean isBegun() {
            return begun;
        }

        /** @param before what the page before has told; null for the first */
        CompletableFuture<Slice> page(int offset, List<Object> before, int counted) {
            Fields page = Fields.check(api, api.page(at(from), at(until), offset));
            GatewayRequest request = GatewayRequest.of(api, account, page, account.owned(clock, RequestIdentity.ofLookUp()), false);
            return hold.get().thenCompose(held -> gateway.send(request)).thenCompose(answer -> {
                begun = true;
                A statement = api.answer(page, answer.body());
                int rows = api.rows(statement);
                List<Outcome> payments = api.payments(statement).stream()
                        .map(payment -> booked(payment.operation(api.name()).account(account.name()).build())).toList();
                List<Map<String, Object>> unreadable = api.unreadable(statement);
                List<Object> told = new ArrayList<>(unreadable);
                payments.forEach(payment -> told.add(payment.receiptNumber()));
                if (rows > 0 && told.equals(before)) {
                    return CompletableFuture.completedFuture(repeated(offset, rows, counted));
                }
                CompletableFuture<Integer> sum = CompletableFuture.completedFuture(counted);
                for (Map<String, Object> row : unreadable) {
                    sum = sum.thenCompose(so -> oddRows.keep(api.name(), account, row, from, until).thenApply(kept -> so));
                }
                for (int first = 0; first < payments.size(); first += ROWS_AT_ONCE) {
                    List<Outcome> some = payments.subList(first, Math.min(first + ROWS_AT_ONCE, payments.size()));
                    sum = sum.thenCompose(so -> hold.get().thenCompose(held -> arrive(some)).thenApply(arrived -> so + arrived));
                }
                return sum.thenCompose(so -> next(offset, rows, told, so));
            });
        }

        // how many of them count that nobody had told us of
        private CompletableFuture<Integer> arrive(List<Outcome> payments) {
            CompletableFuture<Integer> sum = CompletableFuture.completedFuture(0);
            for (Outcome payment : payments) {
                sum = sum.thenCombine(arrivals.arrive(payment, account.shortCode()),
                        (so, arrived) -> arrived.fate() == Arrivals.Fate.COUNTED ? so + 1 : so);
            }
            return sum;
        }

        private CompletableFuture<Slice> next(int offset, int rows, List<Object> told, int counted) {
            long read = (long) offset + rows;
            if (rows == 0) {
                return CompletableFuture.completedFuture(new Slice(true, offset, counted));
            }
            if (read > MANY_ROWS && isDivisible()) {
                return CompletableFuture.completedFuture(new Slice(false, (int) read, counted));
            }
            if (read > MOST_ROWS) {
                throw new IllegalStateException("the statement of " + account + " between " + from + " and " + until + " has more than "
                        + MOST_ROWS + " rows: that cannot be, and the position stays before them; compare the portal");
            }
            return page((int) read, told, counted);
        }

        // it does not look at the offset; what it has beyond a full page shows in shorter slices only
        private Slice repeated(int offset, int rows, int counted) {
            if (rows < FULL_PAGE) {
                LOG.warn("The statement of {} gives the same page for every offset; it is taken for the whole", account);
            } else if (isDivisible()) {
                return new Slice(false, offset, counted);
            } else {
                LOG.error("A person must look: the statement of {} gives the same full page for every offset; what else was paid between"
                        + " {} and {} is not told", account, from, until);
                alarms.raise(AlertKind.STATEMENT_GAP, account.name(), "the statement gives the same full page for every offset: what else"
                        + " was paid in a gap is not told; compare the portal", Map.of("from", from, "until", until),
                        account.shortCode(), from);
            }
            return new Slice(true, offset, counted);
        }

        private boolean isDivisible() {
            return Duration.between(from, until).compareTo(SHORTEST) > 0;
        }
    }

    /**
     * A way through the statement that may take several readings: one that fails is gone on with by the next. Rows may appear late, so the
     * next way begins an overlap before its end, which is therefore as old as its beginning, however long it takes.
     *
     * @param at     up to where it has come
     * @param until  where it ends
     * @param length of the next slice
     */
    private record Look(Instant at, Instant until, Duration length) {

        /** The one to go on with: the one before, or a new one at its pace. */
        static Look after(Look before, Instant reached, Instant from, Instant until, Duration window) {
            if (before == null) {
                return new Look(from, until, window);
            }
            // not if others have come to its end, or the store or the clock have gone back
            boolean goesOn = reached != null && !before.at.isAfter(reached) && reached.isBefore(before.until)
                    && !before.until.isAfter(until);
            Duration length = before.length.compareTo(window) > 0 ? window : before.length;
            return goesOn ? new Look(before.at.isBefore(from) ? from : before.at, before.until, length) : new Look(from, until, length);
        }

        /** The end of the next slice, where the one after it begins: M-Pesa's times are whole seconds, and both belong to a period. */
        Instant end() {
            Instant end = at.plus(length);
            return end.isBefore(until) ? end.truncatedTo(ChronoUnit.SECONDS) : until;
        }

        /** The same from that time on. */
        Look from(Instant at) {
            return new Look(at.isBefore(until) ? at : until, until, length);
        }

        /** After a slice. */
        Look further(boolean longer) {
            return new Look(end(), until, longer ? length.multipliedBy(2) : length);
        }

        /** After one that failed, or was too long. */
        Look shorter() {
            Duration half = Duration.between(at, end()).dividedBy(2);
            return new Look(at, until, half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
        }
    }
}
