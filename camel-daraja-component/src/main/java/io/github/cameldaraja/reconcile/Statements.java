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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an account's statement from where it was read last, page by page, and lets every payment that it lists pass the one door.
 * The position moves only when all of them are stored, so that a failure loses nothing.
 */
public final class Statements {

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
    /** More than a busy pay bill has in two days; a server that always has another page must not hold us for ever. */
    private static final int MOST_ROWS = 5_000_000;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private final Clock clock;
    private final DarajaGateway gateway;
    private final TransactionRepository repository;
    private final Arrivals arrivals;
    private final Alarms alarms;
    private final Supplier<Node> node;

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
            Instant from = from(position, until, api.window().minus(lag), overlap, account);
            if (from.isAfter(until)) {
                LOG.info("The statement of {} was read further than {}: the clock was set back, or lag is longer now", account, until);
                return CompletableFuture.completedFuture(0);
            }
            return new Reading<>(api, account, at(from), at(until), hold).page(0, List.of(), 0)
                    .thenCompose(counted -> hold.get().thenCompose(held -> repository.moveCursor(cursor, until.toString()))
                            .thenApply(moved -> counted));
        });
    }

    private Instant from(String position, Instant until, Duration window, Duration overlap, Account account) {
        Instant earliest = until.minus(window);
        if (position == null) {
            return earliest;
        }
        Instant last = Instant.parse(position);
        if (last.isBefore(earliest)) {
            LOG.error("A person must look: the statement of {} was read up to {} and can be read from {} on only; what was paid"
                    + " between is not told any more", account, last, earliest);
            alarms.raise(AlertKind.STATEMENT_GAP, account.name(), "the statement was read too late: what was paid in a gap is not told any"
                    + " more; compare the portal", Map.of("from", last, "until", earliest), account.shortCode(), last);
        }
        Instant from = last.minus(overlap);
        return from.isBefore(earliest) ? earliest : from;
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

    /** One way through a statement. */
    private final class Reading<A extends DarajaAnswer> {

        private final StatementApi<A> api;
        private final Account account;
        private final OffsetDateTime from;
        private final OffsetDateTime until;
        private final Supplier<CompletableFuture<Void>> hold;

        Reading(StatementApi<A> api, Account account, OffsetDateTime from, OffsetDateTime until,
                Supplier<CompletableFuture<Void>> hold) {
            this.api = api;
            this.account = account;
            this.from = from;
            this.until = until;
            this.hold = hold;
        }

        CompletableFuture<Integer> page(int offset, List<String> before, int counted) {
            Fields page = Fields.check(api, api.page(from, until, offset));
            GatewayRequest request = GatewayRequest.of(api, account, page, account.owned(clock, RequestIdentity.ofLookUp()), false);
            return hold.get().thenCompose(held -> gateway.send(request)).thenCompose(answer -> {
                A statement = api.answer(page, answer.body());
                int rows = api.rows(statement);
                CompletableFuture<Integer> sum = CompletableFuture.completedFuture(counted);
                // one after the other: a page of thousands must not become thousands of threads of work
                List<Outcome> payments = api.payments(statement).stream()
                        .map(payment -> booked(payment.operation(api.name()).account(account.name()).build())).toList();
                List<String> receipts = payments.stream().map(Outcome::receiptNumber).toList();
                if (!receipts.isEmpty() && receipts.equals(before)) {
                    LOG.warn("The statement of {} gives the same page for every offset; it is taken for the whole", account);
                    return sum;
                }
                for (Outcome payment : payments) {
                    sum = sum.thenCompose(so -> hold.get().thenCompose(held -> arrivals.arrive(payment, account.shortCode()))
                            .thenApply(arrived -> arrived.fate() == Arrivals.Fate.COUNTED ? so + 1 : so));
                }
                return rows == 0 || offset + rows > MOST_ROWS ? sum
                        : sum.thenCompose(so -> page(offset + rows, receipts, so));
            });
        }
    }
}
