package io.github.cameldaraja;

import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Taker.Taken;
import io.github.cameldaraja.transaction.jdbc.DatabaseTurn;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of Spring, for whoever has it. */
final class SpringRouteTransaction implements RouteTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(SpringRouteTransaction.class);

    private final TransactionTemplate transactions;
    private final JdbcTransactionRepository repository;
    private final DataSource dataSource;

    private SpringRouteTransaction(PlatformTransactionManager manager, JdbcTransactionRepository repository) {
        this.transactions = new TransactionTemplate(manager);
        this.repository = repository;
        // a transaction is known by the manager's own, and that may be a proxy
        this.dataSource = manager instanceof ResourceTransactionManager resource
                && resource.getResourceFactory() instanceof DataSource own ? own : target(repository.getDataSource());
    }

    static RouteTransaction of(CamelContext camelContext, JdbcTransactionRepository repository) {
        Collection<PlatformTransactionManager> all = camelContext.getRegistry().findByType(PlatformTransactionManager.class);
        List<PlatformTransactionManager> ours = all.stream().filter(manager -> isOf(manager, target(repository.getDataSource()))).toList();
        if (ours.isEmpty() && all.size() == 1 && !(all.iterator().next() instanceof ResourceTransactionManager manager
                && manager.getResourceFactory() instanceof DataSource)) {
            // of several resources, or of one that knows its DataSource in its own way: whether it joins shows with the first outcome
            ours = List.copyOf(all);
        }
        if (ours.size() != 1) {
            throw new IllegalArgumentException("transacted=true needs one transaction manager of the repository's DataSource in the"
                    + " registry, and there are " + ours.size() + " (of " + all.size() + " in all); bind a"
                    + " DataSourceTransactionManager that has the same DataSource as the JdbcTransactionRepository");
        }
        return new SpringRouteTransaction(ours.get(0), repository);
    }

    private static boolean isOf(PlatformTransactionManager manager, DataSource dataSource) {
        return manager instanceof ResourceTransactionManager resource && resource.getResourceFactory() instanceof DataSource of
                && target(of) == dataSource;
    }

    private static DataSource target(DataSource dataSource) {
        return dataSource instanceof DelegatingDataSource proxy && proxy.getTargetDataSource() != null
                ? target(proxy.getTargetDataSource()) : dataSource;
    }

    @Override
    public Taken run(Delivery delivery, BooleanSupplier route) {
        try (DatabaseTurn turn = repository.turn()) {
            return transactions.execute(status -> inTransaction(turn, status, delivery, route));
        } catch (RuntimeException e) {
            LOG.warn("The transaction of {} was not committed: {}", delivery, e.toString());
            return Taken.NOT;
        }
    }

    private Taken inTransaction(DatabaseTurn turn, TransactionStatus status, Delivery delivery, BooleanSupplier route) {
        boolean well = route.getAsBoolean();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new End(turn));
        }
        turn.end();
        try {
            // last, so that its row is locked for a moment only; and not at all if a step has spoilt the transaction
            if (well && !status.isRollbackOnly() && mark(delivery)) {
                return Taken.AND_MARKED;
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("{} could not be marked in the transaction of its route: {}", delivery, e.toString());
        }
        status.setRollbackOnly();
        return Taken.NOT;
    }

    private boolean mark(Delivery delivery) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (!DataSourceUtils.isConnectionTransactional(connection, dataSource)) {
                throw new IllegalStateException("the transaction manager has opened no transaction on the repository's DataSource; give"
                        + " both the same one");
            }
            boolean marked = repository.markDelivered(connection, delivery);
            if (!marked) {
                LOG.warn("{} was taken over by another node while it ran here; what the route did is rolled back", delivery);
            }
            return marked;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Ends the turn before anything else happens after the commit: that may need the database, and wait for it. */
    private record End(DatabaseTurn turn) implements TransactionSynchronization {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            turn.close();
        }

        @Override
        public void afterCompletion(int status) {
            turn.close();
        }
    }
}
