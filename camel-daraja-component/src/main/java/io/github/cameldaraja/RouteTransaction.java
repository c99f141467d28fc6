package io.github.cameldaraja;

import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Taker.Taken;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;

/** Runs a route in a transaction together with the mark that its outcome was delivered: both happen, or neither. */
interface RouteTransaction {

    /**
     * Runs the route; never throws.
     *
     * @param route says whether it went well; does not throw
     */
    Taken run(Delivery delivery, BooleanSupplier route);

    /**
     * The transactions of the repository's own database.
     *
     * @throws IllegalArgumentException if there are none; names the cure
     */
    static RouteTransaction of(CamelContext camelContext, TransactionRepository repository) {
        if (!(repository instanceof JdbcTransactionRepository jdbc)) {
            throw new IllegalArgumentException("transacted=true needs the outcomes and what the route writes in one database; set"
                    + " repository to a JdbcTransactionRepository, or take transacted out and remember CamelDarajaReference");
        }
        if (camelContext.getClassResolver().resolveClass("org.springframework.jdbc.datasource.DataSourceUtils") == null) {
            throw new IllegalArgumentException("transacted=true needs Spring's transactions; add org.springframework:spring-jdbc to"
                    + " the class path");
        }
        return SpringRouteTransaction.of(camelContext, jdbc);
    }
}
