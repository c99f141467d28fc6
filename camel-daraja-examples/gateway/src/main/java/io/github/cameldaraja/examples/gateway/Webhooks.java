package io.github.cameldaraja.examples.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cameldaraja.api.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells clients what became of their payments, at least once, until they say that they have heard. What is to be told is stored in
 * the transaction in which the component notes that its route was told: neither is without the other.
 */
public class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    /** Longer than one may take to be sent, so that only a process that died has left one behind. */
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 20;
    private static final int LONGEST_ANSWER = 200;
    /** A client that does not answer holds no more than that of those who send. */
    private static final int AT_ONCE = 4;
    // the first open one of each payment: a correction is not told before what it corrects
    private static final String DUE = "select id, event, client, body, attempts from webhook w where state = 'WAITING' and due_at <= ?"
            + " and client = ? and not exists (select 1 from webhook e where e.payment = w.payment and e.id < w.id"
            + " and e.state = 'WAITING') order by due_at, id limit ?";
    // but for those whose payment the client has heard more of since: they are of no use to it any more
    private static final String PARKED = "select event, payment, state, attempts, answer from webhook w where client = ?"
            + " and state = 'PARKED' and not exists (select 1 from webhook l where l.payment = w.payment and l.id > w.id"
            + " and l.state = 'DELIVERED') order by id limit ?";
    private static final int MOST_LISTED = 100;
    private static final RowMapper<Webhook> WEBHOOK = (row, number) -> new Webhook(row.getLong("id"), row.getString("event"),
            row.getString("client"), row.getString("body"), row.getInt("attempts") + 1);
    private static final RowMapper<Standing> STANDING = (row, number) -> new Standing(row.getString("event"), row.getString("payment"),
            row.getString("state"), row.getInt("attempts"), row.getString("answer"));
    private static final String EVENT = "[0-9a-f-]{36}";

    /**
     * Where a webhook stands.
     *
     * @param answer why it was not taken the last time, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Standing(String event, String payment, String state, int attempts, String answer) {
    }

    private final TurnTemplate sql;
    private final Clients clients;
    private final String secret;
    private final Clock clock;
    private final Duration pause;
    private final int attempts;
    private final Duration retention;
    private final Map<String, Semaphore> senders = new ConcurrentHashMap<>();

    /**
     * @param sql      takes part in the transaction that its thread is in
     * @param secret   of the gateway
     * @param pause    after the first failure
     * @param attempts after so many a person must look
     */
    Webhooks(TurnTemplate sql, Clients clients, String secret, Clock clock, Duration pause, int attempts, Duration retention) {
        this.sql = sql;
        this.clients = clients;
        this.secret = secret;
        this.clock = clock;
        this.pause = pause;
        this.attempts = attempts;
        this.retention = retention;
    }

    /** Stores what is to be told of a payment. */
    public void store(@Body Outcome outcome) throws JsonProcessingException {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a webhook is stored within a transaction; add transacted=true to from(\"daraja:…\")");
        }
        Client client = clients.named(outcome.metadata().get(Payment.CLIENT));
        if (client == null) {
            LOG.warn("Nobody is told: {} belongs to no client", outcome);
        } else if (client.webhook() != null) {
            String event = UUID.randomUUID().toString();
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("event", event);
            body.put("payment", Payment.of(outcome));
            sql.update("insert into webhook (event, payment, client, body, state, attempts, due_at)"
                    + " values (?, ?, ?, ?, 'WAITING', 0, ?)",
                    event, outcome.reference(), client.name(), Answer.JSON.writeValueAsString(body), at(clock.instant()));
        }
    }

    /** Claims what is to be sent now. What nobody reports on is due again after a while. */
    public List<Webhook> due(CamelContext application) {
        List<Webhook> claimed = new ArrayList<>();
        for (String client : sql.queryForList("select distinct client from webhook where state = 'WAITING' and due_at <= ?",
                String.class, at(clock.instant()))) {
            if (!application.isStopping() && clients.named(client) != null) {
                claim(client, claimed);
            }
        }
        return claimed;
    }

    private void claim(String client, List<Webhook> claimed) {
        Semaphore free = senders.computeIfAbsent(client, name -> new Semaphore(AT_ONCE));
        OffsetDateTime now = at(clock.instant());
        for (Webhook webhook : sql.query(DUE, WEBHOOK, now, client, AT_ONCE)) {
            if (free.tryAcquire()) {
                boolean ours = false;
                try {
                    ours = sql.update("update webhook set attempts = attempts + 1, due_at = ? where id = ? and state = 'WAITING'"
                            + " and due_at <= ?", at(clock.instant().plus(LEASE)), webhook.id(), now) == 1;
                } finally {
                    if (ours) {
                        claimed.add(webhook);
                    } else {
                        free.release();
                    }
                }
            }
        }
    }

    /** The request that tells it; signed anew each time, so that its receiver can refuse what is old. */
    public String request(@Body Webhook webhook, Exchange exchange) {
        exchange.setVariable("webhook", webhook);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.HTTP_URI, clients.named(webhook.client()).webhook().toString());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setHeader("Gateway-Event", webhook.event());
        exchange.getMessage().setHeader("Gateway-Signature", Tokens.signature(
                Tokens.webhookSecret(secret, webhook.client()), clock.instant().getEpochSecond(), webhook.body()));
        return webhook.body();
    }

    /** The client has heard. */
    public void delivered(@Variable("webhook") Webhook webhook) {
        try {
            sql.update("update webhook set state = 'DELIVERED', due_at = ?, answer = null where id = ?", at(clock.instant()),
                    webhook.id());
        } finally {
            senders.get(webhook.client()).release();
        }
    }

    /** The client has not heard, or has not said so. */
    public void failed(@Variable("webhook") Webhook webhook, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        // its client may read it
        String why = failure instanceof HttpOperationFailedException answer ? "HTTP " + answer.getStatusCode()
                : Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
        try {
            boolean last = webhook.attempts() >= attempts;
            sql.update("update webhook set state = ?, due_at = ?, answer = ? where id = ? and state = 'WAITING'",
                    last ? "PARKED" : "WAITING", at(clock.instant().plus(pause(webhook.attempts()))),
                    why.length() <= LONGEST_ANSWER ? why : why.substring(0, LONGEST_ANSWER), webhook.id());
            if (last) {
                LOG.error("A person must look: {} does not take the event {}, tried {} times: {}", webhook.client(), webhook.event(),
                        webhook.attempts(), why);
            } else {
                LOG.warn("{} does not take the event {}, attempt {}: {}", webhook.client(), webhook.event(), webhook.attempts(), why);
            }
        } finally {
            senders.get(webhook.client()).release();
        }
    }

    /** What waits for a person because the client did not take it, the oldest first. */
    public Answer parked(@Variable("client") Client client) {
        return Answer.of(200, Map.of("webhooks", sql.query(PARKED, STANDING, client.name(), MOST_LISTED)));
    }

    /**
     * Sends it again, as if it was new. What a later webhook of the same payment may have told already stays where it is: a failure
     * that was corrected must not be told after its correction.
     */
    public Answer release(@Header("event") String event, @Variable("client") Client client) {
        if (event == null || !event.matches(EVENT)) {
            throw new ProblemException(Problem.noWebhook());
        }
        return sql.inTurn(() -> {
            // all of the payment, and locked, so that none of them is claimed meanwhile
            List<Standing> all = sql.query("select event, payment, state, attempts, answer from webhook where client = ? and payment ="
                    + " (select payment from webhook where event = ?) order by id for update", STANDING, client.name(), event);
            int place = all.stream().map(Standing::event).toList().indexOf(event);
            if (place < 0) {
                throw new ProblemException(Problem.noWebhook());
            }
            Standing found = all.get(place);
            if (!found.state().equals("PARKED")) {
                return Answer.of(found.state().equals("DELIVERED") ? 200 : 202, found);
            }
            if (all.subList(place + 1, all.size()).stream().anyMatch(Webhooks::mayBeHeard)) {
                throw new ProblemException(Problem.overtaken(found.payment()));
            }
            OffsetDateTime now = at(clock.instant());
            // a sender that has found a later one due, and waits for our lock to claim it, must look again
            sql.update("update webhook set due_at = ? where payment = ? and state = 'WAITING' and attempts = 0", now.plus(pause),
                    found.payment());
            sql.update("update webhook set state = 'WAITING', attempts = 0, due_at = ?, answer = null where event = ?", now, event);
            LOG.info("The event {} is released by {}", event, client.name());
            return Answer.of(202, new Standing(event, found.payment(), "WAITING", 0, null));
        });
    }

    private static boolean mayBeHeard(Standing webhook) {
        return webhook.state().equals("DELIVERED") || webhook.state().equals("WAITING") && webhook.attempts() > 0;
    }

    /** Forgets what was delivered long ago. */
    public void purge() {
        sql.update("delete from webhook where state = 'DELIVERED' and due_at < ?", at(clock.instant().minus(retention)));
    }

    private Duration pause(int failures) {
        Duration next = pause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
