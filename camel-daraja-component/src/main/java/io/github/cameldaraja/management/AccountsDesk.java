package io.github.cameldaraja.management;

import static io.github.cameldaraja.management.DeskWork.json;
import static io.github.cameldaraja.management.DeskWork.await;
import static io.github.cameldaraja.management.DeskWork.moment;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.QuestionPace;
import io.github.cameldaraja.transaction.OperatorCircuits;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How it stands with accounts: token, pace of questions, budget, operator. A Camel service, as {@link PaymentsDesk} is:
 * {@code type=services,name=AccountsDesk}. It says no secret, and no token.
 */
@ManagedResource(description = "Accounts of camel-daraja: their tokens, the pace of their questions, their budgets, their operators")
public final class AccountsDesk extends ServiceSupport implements StaticService {

    private static final Logger LOG = LoggerFactory.getLogger(AccountsDesk.class);

    private final Clock clock;
    private final Accounts accounts;
    private final DarajaGateway gateway;
    private final Supplier<QuestionPace> pace;
    private final TransactionRepository repository;
    private final OperatorCircuits operators;

    public AccountsDesk(Clock clock, Accounts accounts, DarajaGateway gateway, Supplier<QuestionPace> pace,
                        TransactionRepository repository, OperatorCircuits operators) {
        this.clock = clock;
        this.accounts = accounts;
        this.gateway = gateway;
        this.pace = pace;
        this.repository = repository;
        this.operators = operators;
    }

    @ManagedAttribute(description = "The names of the accounts, sorted; those found at run time as soon as they are used")
    public String[] getAccountNames() {
        return accounts.all().stream().map(Account::name).sorted().toArray(String[]::new);
    }

    @ManagedAttribute(description = "Accounts that get no access token, as far as was tried")
    public int getAccountsWithoutToken() {
        return (int) accounts.all().stream().filter(account -> gateway.tokenTrouble(account).isPresent()).count();
    }

    /** All accounts, by name, as a JSON list. */
    @ManagedOperation(description = "All accounts with token, pace of questions, budget of the day and operator, as JSON")
    public String accounts() {
        return json(list());
    }

    /**
     * Drops an account's token and asks for a new one, for instance after a product was added to its app. The one before may be
     * dead from then on, also on other nodes; they fetch the new one from the store, or one of their own.
     */
    @ManagedOperation(description = "Drops an account's access token and asks for a new one, which other accounts of its app share")
    public void refreshToken(String account) {
        gateway.refreshToken(accounts.get(account));
        LOG.info("The access token of account '{}' is fetched anew, for a person wants it so", account);
    }

    List<Map<String, Object>> list() {
        Map<String, OperatorCircuits.Open> refused = await(operators.open()).stream()
                .collect(Collectors.toMap(OperatorCircuits.Open::account, Function.identity(), (one, other) -> one));
        return accounts.all().stream().sorted(Comparator.comparing(Account::name))
                .map(account -> listed(account, refused.get(account.name()))).toList();
    }

    private Map<String, Object> listed(Account account, OperatorCircuits.Open refused) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("name", account.name());
        listed.put("environment", account.environment());
        listed.put("shortCode", account.shortCode());
        Map<String, Object> token = new LinkedHashMap<>();
        gateway.tokenState(account).ifPresent(state -> {
            token.put("issuedAt", moment(state.issuedAt()));
            token.put("expiresAt", moment(state.expiresAt()));
            token.put("calls", state.calls());
        });
        gateway.tokenTrouble(account).ifPresent(trouble -> {
            token.put("noneSince", moment(trouble.since()));
            token.put("triedAt", moment(trouble.last()));
            token.put("why", trouble.why());
        });
        listed.put("token", token);
        Map<String, Object> questions = new LinkedHashMap<>();
        questions.put("spacingMillis", account.querySpacing().toMillis());
        QuestionPace current = pace.get();
        questions.put("nextInMillis", current == null ? 0 : current.untilNext(account).toMillis());
        listed.put("questions", questions);
        if (account.payoutDailyMaximum() != null) {
            String day = clock.instant().atZone(NairobiTime.ZONE).toLocalDate().toString();
            listed.put("budget", Map.of("day", day, "maximum", account.payoutDailyMaximum(),
                    "spent", await(repository.spent(account.name(), day))));
        }
        Map<String, Object> operator = new LinkedHashMap<>();
        operator.put("configured", account.hasInitiator());
        if (refused != null) {
            operator.put("refusedWith", refused.code());
            operator.put("refusedSince", moment(refused.since()));
        }
        listed.put("operator", operator);
        return listed;
    }
}
