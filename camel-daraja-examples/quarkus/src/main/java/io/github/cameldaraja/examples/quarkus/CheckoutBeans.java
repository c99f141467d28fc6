package io.github.cameldaraja.examples.quarkus;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where payments are kept, and what Quarkus calls at start. */
public class CheckoutBeans {

    // the component's own threads, and those that run routes
    private static final int CONNECTIONS = 20;

    @Produces
    @Singleton
    HikariDataSource database(@ConfigProperty(name = "shop.database") String url) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(url);
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        return dataSource;
    }

    void close(@Disposes HikariDataSource dataSource) {
        dataSource.close();
    }

    // the component takes it because it is the only one; Quarkus does not see that, and removes what nobody injects
    @Produces
    @Singleton
    @Unremovable
    TransactionRepository payments(HikariDataSource dataSource, @ConfigProperty(name = "shop.secret") String secret) {
        JdbcTransactionRepository repository = new JdbcTransactionRepository(dataSource);
        repository.setSecret(secret);
        return repository;
    }

    void start(@Observes StartupEvent event) {
        // README.md starts it by Maven
        if (Boolean.getBoolean("endWithParent")) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(Quarkus::asyncExit));
        }
    }
}
