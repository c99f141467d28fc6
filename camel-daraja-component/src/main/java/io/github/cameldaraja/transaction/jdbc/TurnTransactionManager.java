package io.github.cameldaraja.transaction.jdbc;

import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Spring's transactions on the database of payments, for routes and for whatever else changes tables there: where an H2 file is shared,
 * those of the application and those of payments take turns, so that none is cut in half when the process dies. With other databases
 * it is a {@code DataSourceTransactionManager}.
 */
public class TurnTransactionManager extends DataSourceTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient JdbcTransactionRepository repository;
    // the innermost first: one may suspend another
    private final transient ThreadLocal<Deque<DatabaseTurn>> turns = ThreadLocal.withInitial(ArrayDeque::new);

    /**
     * @param repository whose {@code DataSource} this manages
     */
    public TurnTransactionManager(JdbcTransactionRepository repository) {
        super(repository.getDataSource());
        this.repository = repository;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        DatabaseTurn turn = repository.turn();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            turn.close();
            throw e;
        }
        turns.get().push(turn);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try (DatabaseTurn turn = turns.get().element()) {
            turn.end();
            super.doCommit(status);
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try (DatabaseTurn turn = turns.get().element()) {
            turn.end();
            super.doRollback(status);
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        DatabaseTurn turn = turns.get().pop();
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            turn.close();
            if (turns.get().isEmpty()) {
                turns.remove();
            }
        }
    }
}
