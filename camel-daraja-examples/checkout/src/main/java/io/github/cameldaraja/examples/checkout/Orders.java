package io.github.cameldaraja.examples.checkout;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shop's orders and its ledger, in a database: what was answered is still there after a crash. */
public class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    // an M-Pesa account reference has at most 12 characters
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{6,12}");
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int ID_LENGTH = 10;
    private static final String EXAMPLE =
            "send JSON such as {\"phone\": \"0712345678\", \"amount\": 250, \"item\": \"Shoes\"}";

    private final OrderTable orders = new OrderTable();
    private final SecureRandom random = new SecureRandom();
    private final Database database;
    private final Ledger ledger;

    public Orders(DataSource dataSource) {
        database = new Database(dataSource);
        database.run("checkout.sql");
        ledger = new Ledger(database);
    }

    /** Begins an order, or finds the one that was sent before. */
    public Order open(Purchase purchase) {
        if (purchase == null) {
            throw new InvalidFieldException("body", "is missing", EXAMPLE);
        }
        String id = purchase.id() == null ? newId() : purchase.id();
        if (!ID.matcher(id).matches()) {
            throw new InvalidFieldException("id", "must be 6 to 12 letters and digits", "or leave it out");
        }
        Order order = findOrInsert(Order.of(purchase, id));
        if (!order.isFor(purchase)) {
            throw new InvalidFieldException("id", "was used before for another order", "choose a new one");
        }
        return order;
    }

    /**
     * Books what became of a payment, any number of times. The order's number came back as its idempotency key; a payment that nobody
     * connected with a push has it in the account reference.
     */
    public Order book(Outcome outcome) {
        String id = outcome.idempotencyKey() == null ? outcome.accountReference() : outcome.idempotencyKey();
        return database.atOnce(sql -> {
            Order order = orders.change(sql, id, before -> before.after(outcome));
            if (outcome.isCompleted()) {
                Ledger.credit(sql, outcome.reference(), id, outcome.amount());
                if (order == null) {
                    LOG.warn("A person must look: {} is for no order", outcome);
                }
            }
            return order;
        });
    }

    /** Answers a failure. Only what was certainly not sent is called refused; anything else is unknown, and never paid again. */
    public Order refuse(@Variable("order") String id, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        boolean malformed = failure instanceof JsonProcessingException || failure instanceof InvalidFieldException;
        if (id == null) {
            if (!malformed) {
                LOG.error("An order could not be taken", failure);
            }
            return malformed ? Order.none(sentence(failure), false) : Order.none("the shop could not take the order", true);
        }
        boolean unsent = failure instanceof DarajaException && !(failure instanceof DarajaOutcomeUnknownException);
        if (!unsent) {
            LOG.error("Order {} is not settled yet", id, failure);
        }
        return database.atOnce(sql -> orders.change(sql, id, order -> unsent
                ? order.refused(sentence(failure), !(failure instanceof DarajaRequestException))
                : order.unknown("the payment is still being looked at")));
    }

    /** The order, or null. */
    public Order find(String id) {
        return database.atOnce(sql -> orders.find(sql, id));
    }

    public List<Order> all() {
        return database.atOnce(orders::all);
    }

    public Ledger ledger() {
        return ledger;
    }

    private Order findOrInsert(Order order) {
        try {
            return database.atOnce(sql -> {
                Order before = orders.find(sql, order.id());
                if (before == null) {
                    orders.insert(sql, order);
                }
                return before == null ? order : before;
            });
        } catch (IllegalStateException e) {
            // sent twice in the same instant, and the other one was faster
            Order before = find(order.id());
            if (before == null) {
                throw e;
            }
            return before;
        }
    }

    private String newId() {
        StringBuilder id = new StringBuilder();
        random.ints(ID_LENGTH, 0, ALPHABET.length()).forEach(at -> id.append(ALPHABET.charAt(at)));
        return id.toString();
    }

    private static String sentence(Exception failure) {
        if (failure instanceof JsonProcessingException) {
            return "body: is not what was expected; " + EXAMPLE;
        }
        return failure.getCause() instanceof InvalidFieldException rule ? rule.getMessage() : failure.getMessage();
    }
}
