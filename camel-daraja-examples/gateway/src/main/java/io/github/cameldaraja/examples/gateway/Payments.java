package io.github.cameldaraja.examples.gateway;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaKeyConflictException;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts payments and payouts for clients, and says where they stand. The routes call it by name. */
public class Payments {

    private static final Logger LOG = LoggerFactory.getLogger(Payments.class);

    private static final Map<String, String> PUSH = Map.of("phone", "PhoneNumber", "amount", "Amount",
            "reference", "AccountReference", "description", "TransactionDesc");
    private static final Map<String, String> PAYOUT = Map.of("phone", "PartyB", "amount", "Amount", "remarks", "Remarks");
    private static final Map<String, String> NAMES = Map.of("PhoneNumber", "phone", "PartyB", "phone", "Amount", "amount",
            "AccountReference", "reference", "TransactionDesc", "description", "Remarks", "remarks",
            DarajaConstants.METADATA, "metadata");
    private static final String KEY = "[\\x21-\\x7e]{1,100}";
    private static final String ID = "[0-9A-Za-z-]{1,64}";

    private final TransactionRepository repository;
    private final Clock clock;

    Payments(TransactionRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** What a push asks for. Without a key of the client's it has one of its own, and sending it again asks the customer again. */
    public Map<String, Object> push(@Body byte[] body, @Variable("client") Client client, @Header("Idempotency-Key") String key,
                                    Exchange exchange) {
        return request(Requests.read(body, PUSH), client, key == null ? UUID.randomUUID().toString() : key, exchange);
    }

    /** What a payout asks for. */
    public Map<String, Object> payout(@Body byte[] body, @Variable("client") Client client, @Header("Idempotency-Key") String key,
                                      Exchange exchange) {
        if (key == null) {
            throw new ProblemException(Problem.invalid("Idempotency-Key", "is missing",
                    "send one for each payout, the number of the refund for instance, and the same one when you send it again"));
        }
        return request(Requests.read(body, PAYOUT), client, key, exchange);
    }

    private Map<String, Object> request(Requests.Request request, Client client, String key, Exchange exchange) {
        if (!key.matches(KEY)) {
            throw new ProblemException(Problem.invalid("Idempotency-Key", "is 1 to 100 visible ASCII characters", "send a UUID"));
        }
        Map<String, String> metadata = new HashMap<>();
        metadata.put(Payment.CLIENT, client.name());
        metadata.put(Payment.REQUEST, request.hash());
        request.metadata().forEach((name, value) -> metadata.put(Payment.OWN + name, value));
        // nothing of what came by HTTP goes on
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(DarajaConstants.METADATA, metadata);
        exchange.setVariable("request", request.hash());
        // two clients may choose the same key
        exchange.setVariable("key", client.name() + "/" + key);
        return request.fields();
    }

    /** The first time an acknowledgement, later perhaps the outcome. */
    public Answer sent(Object answer, @Variable("request") String request, @Header(DarajaConstants.OPERATION) String operation,
                       @Header(DarajaConstants.REFERENCE) String id, @Header(DarajaConstants.STATUS) PaymentStatus status,
                       @Header(DarajaConstants.AMOUNT) BigDecimal amount, @Header(DarajaConstants.METADATA) Map<?, ?> metadata,
                       @Header(DarajaConstants.REPLAYED) Boolean replayed) {
        // those of the payment that the key stands for; they are kept for a while only, and amount and parties are compared for ever
        Object before = metadata == null ? null : metadata.get(Payment.REQUEST);
        if (Boolean.TRUE.equals(replayed) && before != null && !before.equals(request)) {
            throw new ProblemException(Problem.keyUsed(id));
        }
        return Answer.started(answer instanceof Outcome outcome ? Payment.of(outcome)
                : Payment.of(operation, id, status, amount, metadata), Boolean.TRUE.equals(replayed));
    }

    /** One of the client's payments. */
    public CompletableFuture<Answer> find(@Header("id") String id, @Variable("client") Client client) {
        if (id == null || !id.matches(ID)) {
            throw new ProblemException(Problem.notFound());
        }
        return repository.find(id).thenApply(payment -> {
            if (payment == null || !client.name().equals(payment.metadata().get(Payment.CLIENT))) {
                throw new ProblemException(Problem.notFound());
            }
            return Answer.of(200, seen(payment));
        });
    }

    /** Answers a failure. Only what was certainly not sent is called refused. */
    public Answer refuse(@Header(DarajaConstants.REFERENCE) String id, @Header(DarajaConstants.OPERATION) String operation,
                         @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (failure instanceof DarajaOutcomeUnknownException) {
            LOG.warn("What becomes of {} is not known yet: {}", id, failure.getMessage());
            return Answer.started(Payment.of(operation, id, PaymentStatus.UNKNOWN, null, null), false);
        }
        Problem problem = problem(id, failure);
        if (problem.status() == 500) {
            LOG.error("A request has failed: {}", id, failure);
        } else if (problem.isOurs()) {
            LOG.warn("A request is not taken: {}", failure.getMessage());
        }
        return Answer.of(problem);
    }

    private Problem problem(String id, Exception failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        } else if (failure instanceof InvalidFieldException broken) {
            return invalid(broken);
        } else if (failure.getCause() instanceof InvalidFieldException broken) {
            return invalid(broken);
        } else if (failure.getCause() instanceof ProblemException known) {
            return known.problem();
        } else if (failure instanceof DarajaKeyUsedException used) {
            return Problem.keyGone(used.getReference(), used.getMessage());
        } else if (failure instanceof DarajaKeyConflictException used) {
            return Problem.keyUsed(used.getReference());
        } else if (failure instanceof DarajaRequestException refused) {
            return Problem.refused(refused.getMessage(), refused.getErrorCode() == null ? null : id);
        } else if (failure instanceof DarajaThrottledException throttled && throttled.getRetryAt() != null) {
            return Problem.notNow("nothing was sent: " + throttled.getMessage(),
                    Math.max(1, Duration.between(clock.instant(), throttled.getRetryAt()).toSeconds() + 1));
        } else if (failure instanceof DarajaAuthenticationException) {
            return Problem.notNow("nothing was sent: M-Pesa refuses the gateway's credentials; whoever runs it must look", null);
        } else if (failure instanceof DarajaException unsent) {
            return Problem.notNow("nothing was sent: " + unsent.getMessage(), 5L);
        }
        return Problem.failed();
    }

    // the component's words: field, rule and cure
    private static Problem invalid(InvalidFieldException broken) {
        String said = broken.getMessage().substring(broken.getField().length() + 2);
        int cure = said.indexOf("; ");
        return Problem.invalid(NAMES.getOrDefault(broken.getField(), broken.getField()), cure < 0 ? said : said.substring(0, cure),
                cure < 0 ? "correct it" : said.substring(cure + 2));
    }

    private static Payment seen(Transaction payment) {
        return payment.isEnded() || payment.needsPerson() ? Payment.of(payment.answer())
                : Payment.of(payment.operation(), payment.reference(), payment.status(), payment.amount(), payment.metadata());
    }
}
