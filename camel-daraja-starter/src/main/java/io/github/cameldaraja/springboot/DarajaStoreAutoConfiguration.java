package io.github.cameldaraja.springboot;

import io.github.cameldaraja.springboot.DarajaStoreProperties.Kind;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Keeps payments in the application's database, if it has one. Nothing is made before a daraja component is, so that an application
 * without payments needs no secret.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(DarajaStoreProperties.class)
public class DarajaStoreAutoConfiguration {

    private static final String KIND = DarajaStoreProperties.PREFIX + ".kind";

    /** The repository, which the component finds by its type, and starts and stops. */
    @Lazy
    @Bean(destroyMethod = "")
    @Conditional(Wanted.class)
    @ConditionalOnMissingBean(TransactionRepository.class)
    public JdbcTransactionRepository darajaRepository(DarajaStoreProperties store, ListableBeanFactory beans,
                                                      ObjectProvider<Clock> clock) {
        if (store.getSecret() == null) {
            throw new IllegalArgumentException(DarajaStoreProperties.PREFIX + ".secret is missing: payments go to the application's"
                    + " database, and phone numbers and names are encrypted there; set it to at least 32 characters that nobody can guess, what"
                    + " 'openssl rand -base64 32' prints for instance, or set " + KIND
                    + "=memory, which forgets payments with the process");
        }
        if (!ClassUtils.isPresent("org.flywaydb.core.Flyway", null)) {
            throw new IllegalStateException("payments go to the application's database, and nobody can make their tables: add"
                    + " org.flywaydb:flyway-core, with PostgreSQL also flyway-database-postgresql, with MariaDB flyway-mysql; or set "
                    + KIND + "=memory, which forgets payments with the process");
        }
        JdbcTransactionRepository repository = new JdbcTransactionRepository(dataSource(store, beans));
        repository.setSecret(store.getSecret());
        repository.setPreviousSecret(store.getPreviousSecret());
        repository.setThreads(store.getThreads());
        clock.ifUnique(repository::setClock);
        return repository;
    }

    private static DataSource dataSource(DarajaStoreProperties store, ListableBeanFactory beans) {
        if (store.getDataSource() != null) {
            return beans.getBean(store.getDataSource(), DataSource.class);
        }
        DataSource only = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (only == null) {
            String[] names = beans.getBeanNamesForType(DataSource.class);
            throw new IllegalArgumentException("payments go to a database, and the application has "
                    + (names.length == 0 ? "no DataSource; set spring.datasource.url"
                    : "several DataSources (" + String.join(", ", names) + "); name one in " + DarajaStoreProperties.PREFIX
                    + ".data-source")
                    + ", or set " + KIND + "=memory, which forgets payments with the process");
        }
        return only;
    }

    /** Asked for, or not said and there is a database. */
    static class Wanted extends SpringBootCondition implements ConfigurationCondition {

        @Override
        public ConfigurationPhase getConfigurationPhase() {
            return ConfigurationPhase.REGISTER_BEAN;
        }

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Kind kind = Binder.get(context.getEnvironment()).bind(KIND, Kind.class)
                    .orElse(null);
            boolean hasDataSource = context.getBeanFactory() != null
                    && context.getBeanFactory().getBeanNamesForType(DataSource.class, true, false).length > 0;
            return new ConditionOutcome(kind == Kind.DATABASE || kind == null && hasDataSource,
                    ConditionMessage.of("kind " + kind + (hasDataSource ? ", a DataSource" : ", no DataSource")));
        }
    }
}
