package io.github.cameldaraja;

import io.github.cameldaraja.api.AnswerApi;
import io.github.cameldaraja.api.ConsultationApi;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.NoticeApi;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.ReportApi;
import io.github.cameldaraja.api.StatementApi;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Which option means something where. What somebody counts on must not be ignored in silence. */
final class OptionRules {

    private record Rule(String where, Predicate<DarajaApi> to, Predicate<DarajaApi> from) {
    }

    private static final Predicate<DarajaApi> ANY = api -> true;
    private static final Predicate<DarajaApi> NONE = api -> false;

    private static final Rule REQUEST = new Rule("to(), where requests are made", ANY, NONE);
    private static final Rule PATH = new Rule("invoke, and for from() of what Safaricom tells of its own accord, c2bConfirmation for"
            + " instance", ANY, NoticeApi.class::isInstance);
    private static final Rule ANSWER = new Rule("to() of what is answered at once, qrCode for instance", AnswerApi.class::isInstance, NONE);
    private static final Rule OUTCOME = new Rule("to() of what has an outcome later, stkPush for instance", OutcomeApi.class::isInstance,
            NONE);
    private static final Rule PAYOUT = new Rule("to() of what pays out, b2c for instance", api -> api instanceof PaymentApi payment
            && payment.paysOut(), NONE);
    private static final Rule NOTICE = new Rule("from() of what Safaricom tells of its own accord, c2bConfirmation for instance", NONE,
            NoticeApi.class::isInstance);
    private static final Rule CONSULTATION = new Rule("from() of what Safaricom asks, c2bValidation for instance", NONE,
            ConsultationApi.class::isInstance);
    private static final Rule DELIVERY = new Rule("from() of outcomes and payments", NONE, api -> !(api instanceof ConsultationApi)
            && !isScheduledReport(api));
    private static final Rule STATEMENT = new Rule("from(\"daraja:pullTransactions\")", NONE, StatementApi.class::isInstance);
    private static final Rule SCHEDULE = new Rule("from() of what is looked for again and again, pullTransactions for instance", NONE,
            api -> api instanceof StatementApi<?> || isScheduledReport(api));

    private static final Map<String, Rule> RULES = new HashMap<>();

    static {
        new DarajaConfiguration().pinnable().keySet().forEach(option -> put(REQUEST, option));
        put(REQUEST, "fields", "requestHeaders");
        put(PATH, "path");
        put(ANSWER, "rawAnswer");
        put(OUTCOME, "idempotencyKey", "retryFailed", "awaitOutcome", "outcomeTimeout", "throwExceptionOnFailure");
        put(PAYOUT, "requestedBy", "dryRun");
        put(NOTICE, "verify");
        put(CONSULTATION, "answerTimeout", "defaultAnswer");
        put(DELIVERY, "group", "transacted");
        // a run of reconcile always tells something
        put(STATEMENT, "overlap", "lag", "sendEmptyMessageWhenIdle");
        put(SCHEDULE, "backoffErrorThreshold", "backoffIdleThreshold", "backoffMultiplier", "delay", "greedy",
                "initialDelay", "pollStrategy", "repeatCount", "runLoggingLevel", "scheduledExecutorService", "scheduler",
                "schedulerProperties", "startScheduler", "timeUnit", "useFixedDelay");
    }

    private OptionRules() {
    }

    private static boolean isScheduledReport(DarajaApi api) {
        return api instanceof ReportApi report && report.isScheduled();
    }

    private static void put(Rule rule, String... options) {
        List.of(options).forEach(option -> RULES.put(plain(option), rule));
    }

    // as Camel binds them
    private static String plain(String option) {
        return option.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Checks the options of one side of an endpoint.
     *
     * @param options as the URI names them
     * @throws IllegalArgumentException if one of them would do nothing here; says where it would
     */
    static void check(DarajaApi api, boolean consumer, Collection<String> options) {
        for (String option : options) {
            Rule rule = rule(option);
            if (rule != null && !(consumer ? rule.from() : rule.to()).test(api)) {
                throw new IllegalArgumentException((consumer ? "from" : "to") + "(\"daraja:" + api.name() + "\") has no " + option
                        + ": it is for " + rule.where() + "; take it out");
            }
        }
    }

    /** Null for what any endpoint has. */
    private static Rule rule(String option) {
        if (option.startsWith("field.")) {
            return REQUEST;
        }
        return option.startsWith("scheduler.") ? SCHEDULE : RULES.get(plain(option));
    }

    static boolean knows(String option) {
        return rule(option) != null;
    }
}
