package io.github.cameldaraja.transaction;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.ResultFamilyCodes;
import io.github.cameldaraja.transaction.OperatorStanding.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops everything that the API operator of an account signs as soon as Safaricom refuses him: going on would lock him. It stands in the
 * store, under a name that only this operator with this credential has: so all nodes know it, a restart changes nothing, and
 * another credential is free.
 */
public final class OperatorCircuits {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorCircuits.class);
    // how old a look into the store may be
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration FRESH_FOR_VIEWERS = Duration.ofSeconds(10);

    /** An operator who signs nothing. */
    public record Open(String account, String code, Instant since) {
    }

    private record Look(OperatorStanding standing, Instant at) {
    }

    private final Clock clock;
    private final String application;
    private final TransactionRepository repository;
    private final Accounts accounts;
    private final Alarms alarms;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final Map<String, OperatorTrials> trials = new ConcurrentHashMap<>();
    // refused, and the store could not be told so far
    private final Map<String, OperatorStanding> unstored = new ConcurrentHashMap<>();

    /**
     * @param application whose accounts these are
     */
    public OperatorCircuits(Clock clock, String application, TransactionRepository repository, Accounts accounts,
                            Alarms alarms) {
        this.clock = clock;
        this.application = application;
        this.repository = repository;
        this.accounts = accounts;
        this.alarms = alarms;
    }

    /**
     * Asks leave for a request that the operator signs.
     *
     * @param byItself whether nobody waits for it: then it rather comes later than risk one wrong password too many
     * @return empty if it may go; else why not, with nothing sent. Fails if the store does not say
     */
    public CompletableFuture<Optional<DarajaException>> admit(String operation, Account account, boolean byItself) {
        String operator = account.operatorId();
        if (operator == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return standing(account, FRESH).thenCompose(standing -> {
            ErrorDetails details = ErrorDetails.local(operation, account.name());
            if (standing.state() == State.REFUSED) {
                return done(Optional.of(new DarajaAuthenticationException("nothing was sent: Safaricom has refused the operator of account '"
                        + account.name() + "' with code " + standing.code() + ", and a few more wrong passwords would lock him; correct"
                        + " initiatorName, initiatorPassword or certificate, or unlock him in the portal and release him here", details)));
            }
            boolean careful = byItself || standing.state() == State.RELEASED;
            return !careful ? done(Optional.empty()) : trials(operator).begin(clock.instant()).thenApply(may -> may ? Optional.empty()
                    : Optional.of(new DarajaThrottledException("nothing was sent: other requests are just showing whether the operator of"
                    + " account '" + account.name() + "' is right; try again in some seconds", details)));
        });
    }

    /**
     * Takes in what Safaricom says to a request that the operator has signed.
     *
     * @param code   verbatim, or null
     * @param sentAt not before it was sent
     * @return done when it is stored, or cannot be; never exceptionally
     */
    public CompletableFuture<Void> heard(Account account, String code, Instant sentAt) {
        if (account.operatorId() == null || code == null) {
            return CompletableFuture.completedFuture(null);
        }
        return standing(account, FRESH).exceptionally(unknown -> OperatorStanding.UNHEARD)
                .thenCompose(standing -> sentAt.isBefore(standing.since()) ? CompletableFuture.completedFuture(null)
                        : judge(account, standing, code))
                .exceptionally(failure -> {
                    LOG.warn("What Safaricom says of the operator of account '{}' cannot be stored: {}", account.name(),
                            failure.toString());
                    return null;
                });
    }

    /** Takes in that a request which the operator has signed was not acknowledged. */
    public CompletableFuture<Void> refused(Account account, Throwable failure) {
        if (failure instanceof DarajaException typed && isAboutOperator(typed.getErrorCode())) {
            return heard(account, typed.getErrorCode(), clock.instant());
        }
        if (account.operatorId() != null && !(failure instanceof DarajaOutcomeUnknownException)) {
            // nobody has looked at his password
            trials(account.operatorId()).cancelled();
        }
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A person says that he is right now, or unlocked. Until Safaricom agrees, only a few requests go.
     *
     * @return false if he was not refused
     * @throws IllegalArgumentException if there is no such account
     */
    public CompletableFuture<Boolean> release(String account) {
        Account owner = accounts.get(account);
        if (owner.operatorId() == null) {
            return CompletableFuture.completedFuture(false);
        }
        return read(owner).thenCompose(standing -> standing.state() != State.REFUSED ? CompletableFuture.completedFuture(false)
                : store(owner, new OperatorStanding(State.RELEASED, clock.instant(), standing.code()))
                        .thenCompose(stored -> repository.moveCursor(pointer(owner), ""))
                        .thenCompose(stored -> {
                            LOG.info("The operator of account '{}' was released; payouts and questions go on", account);
                            return released(owner, "a person has released the operator; payouts and questions go on, a few at first");
                        }).thenApply(told -> true));
    }

    /** Who signs nothing now. */
    public CompletableFuture<List<Open>> open() {
        List<CompletableFuture<Open>> all = accounts.all().stream().filter(account -> account.operatorId() != null)
                .map(account -> standing(account, FRESH_FOR_VIEWERS).thenApply(standing -> standing.state() == State.REFUSED
                        ? new Open(account.name(), standing.code(), standing.since()) : null)).toList();
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> all.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList());
    }

    private CompletableFuture<Void> judge(Account account, OperatorStanding standing, String code) {
        Instant now = clock.instant();
        OperatorTrials trials = trials(account.operatorId());
        if (!isAboutOperator(code)) {
            trials.succeeded(now);
            return standing.state() != State.RELEASED ? CompletableFuture.completedFuture(null)
                    : store(account, new OperatorStanding(State.GOOD, standing.since(), null));
        }
        trials.failed();
        Look look = looks.get(account.operatorId());
        OperatorStanding refused = new OperatorStanding(State.REFUSED, now, code);
        // of several that hear it at once, one is the first
        if (standing.state() == State.REFUSED || look != null && look.standing().state() == State.REFUSED
                || unstored.putIfAbsent(account.operatorId(), refused) != null) {
            return CompletableFuture.completedFuture(null);
        }
        LOG.error("A person must look: Safaricom refuses the operator of account '{}' with code {}; payouts and questions of this"
                + " account stop until he is released", account.name(), code);
        return repository.moveCursor(pointer(account), account.operatorId())
                .thenCompose(stored -> store(account, refused))
                .handle((stored, failure) -> alarms.raise(AlertKind.OPERATOR_REFUSED, account.name(), "Safaricom refuses the operator with"
                        + " code " + code + ": payouts and questions of this account stop until he is corrected or released",
                        Map.of("resultCode", code), account.operatorId(), now)
                        .thenCompose(told -> failure == null ? CompletableFuture.<Void>completedFuture(null)
                                : CompletableFuture.failedFuture(failure)))
                .thenCompose(told -> told);
    }

    private CompletableFuture<Void> released(Account account, String why) {
        return alarms.raise(AlertKind.OPERATOR_RELEASED, account.name(), why, Map.of(), account.operatorId(), clock.instant());
    }

    private CompletableFuture<OperatorStanding> standing(Account account, Duration fresh) {
        Look look = looks.get(account.operatorId());
        return look != null && look.at().plus(fresh).isAfter(clock.instant()) ? CompletableFuture.completedFuture(look.standing())
                : read(account);
    }

    private CompletableFuture<OperatorStanding> read(Account account) {
        String operator = account.operatorId();
        OperatorStanding refused = unstored.get(operator);
        if (refused != null) {
            return store(account, refused).handle((stored, failure) -> refused);
        }
        Look before = looks.get(operator);
        return repository.cursor(name(operator)).thenCompose(stored -> stored != null
                ? CompletableFuture.completedFuture(OperatorStanding.read(stored)) : unheard(account, before)).thenApply(standing -> {
                    Look now = new Look(standing, clock.instant());
                    // what was learned here meanwhile is newer
                    return before == null ? or(looks.putIfAbsent(operator, now), now)
                            : looks.replace(operator, before, now) ? standing : looks.get(operator).standing();
                });
    }

    private static OperatorStanding or(Look known, Look now) {
        return known == null ? now.standing() : known.standing();
    }

    // the account may have had another operator or credential, with which it was stopped
    private CompletableFuture<OperatorStanding> unheard(Account account, Look before) {
        if (before != null) {
            return CompletableFuture.completedFuture(OperatorStanding.UNHEARD);
        }
        return repository.cursor(pointer(account)).thenCompose(stopped -> {
            if (stopped == null || stopped.isEmpty() || stopped.equals(account.operatorId())) {
                return CompletableFuture.completedFuture(OperatorStanding.UNHEARD);
            }
            LOG.info("Account '{}' has another operator or credential than the refused one; payouts and questions go on", account.name());
            OperatorStanding released = new OperatorStanding(State.RELEASED, clock.instant(), null);
            return repository.moveCursor(pointer(account), "")
                    .thenCompose(moved -> repository.moveCursor(name(account.operatorId()), released.write()))
                    .thenCompose(moved -> released(account, "the account has another operator or credential than the refused one; payouts"
                            + " and questions go on, a few at first"))
                    .thenApply(told -> released);
        });
    }

    private CompletableFuture<Void> store(Account account, OperatorStanding standing) {
        String operator = account.operatorId();
        looks.put(operator, new Look(standing, clock.instant()));
        if (standing.state() == State.RELEASED) {
            trials(operator).forget();
        }
        return repository.moveCursor(name(operator), standing.write()).thenAccept(stored -> unstored.remove(operator, standing));
    }

    private OperatorTrials trials(String operator) {
        return trials.computeIfAbsent(operator, name -> new OperatorTrials(repository.commons().orElse(null), name));
    }

    private static CompletableFuture<Optional<DarajaException>> done(Optional<DarajaException> refusal) {
        return CompletableFuture.completedFuture(refusal);
    }

    private static boolean isAboutOperator(String code) {
        return code != null && ResultFamilyCodes.ABOUT_THE_OPERATOR.contains(code.trim());
    }

    private static String name(String operator) {
        return "operator/" + operator;
    }

    // which of the account's operators is refused
    private String pointer(Account account) {
        return "refused/" + application + '/' + account.name();
    }
}
