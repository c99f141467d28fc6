package io.github.cameldaraja.examples.gateway;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes each change a transaction of its own where there is none: only those take turns with the transactions of payments. */
class TurnTemplate extends JdbcTemplate {

    private final TransactionTemplate transaction;

    TurnTemplate(DataSource dataSource, TransactionTemplate transaction) {
        super(dataSource);
        this.transaction = transaction;
    }

    /** Several changes as one, or none of them. */
    <T> T inTurn(Supplier<T> changes) {
        return transaction.execute(status -> changes.get());
    }

    @Override
    protected int update(PreparedStatementCreator statement, PreparedStatementSetter values) {
        return transaction.execute(status -> super.update(statement, values));
    }
}
