package io.github.cameldaraja.springboot;

import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.github.cameldaraja.transaction.jdbc.TurnTransactionManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionManager;

/**
 * Lets the application's transactions and those of payments take turns where they share an H2 file, so that none is cut in half when
 * the process dies. Other databases need no such thing, and keep Spring Boot's transaction manager.
 */
@AutoConfiguration(after = DarajaStoreAutoConfiguration.class, before = DataSourceTransactionManagerAutoConfiguration.class)
@ConditionalOnClass(DataSourceTransactionManager.class)
// JPA needs a manager of its own
@ConditionalOnMissingClass("jakarta.persistence.EntityManagerFactory")
public class DarajaTurnsAutoConfiguration {

    /** Instead of Spring Boot's. */
    @Bean
    @Conditional(OnH2.class)
    @ConditionalOnBean(JdbcTransactionRepository.class)
    @ConditionalOnMissingBean(TransactionManager.class)
    @ConditionalOnProperty(DarajaStoreProperties.PREFIX + ".secret")
    public TurnTransactionManager transactionManager(JdbcTransactionRepository payments) {
        return new TurnTransactionManager(payments);
    }

    /** Says so in its URL. */
    static class OnH2 extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String url = context.getEnvironment().getProperty("spring.datasource.url", "");
            return new ConditionOutcome(url.startsWith("jdbc:h2:"), ConditionMessage.of("spring.datasource.url"));
        }
    }
}
