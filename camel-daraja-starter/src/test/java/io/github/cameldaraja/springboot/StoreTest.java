package io.github.cameldaraja.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.Ports;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.github.cameldaraja.transaction.jdbc.TurnTransactionManager;
import java.time.Clock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where payments go, and what is said if that is not clear. */
class StoreTest {

    private static final String SECRET = "camel.daraja.store.secret=" + TestStore.SECRET;

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(
            CamelAutoConfiguration.class, DarajaAutoConfiguration.class, DarajaStoreAutoConfiguration.class,
            DarajaTurnsAutoConfiguration.class, DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class));
    private final ApplicationContextRunner onH2 = runner.withPropertyValues("spring.datasource.url=" + TestStore.url());

    private static DarajaComponent component(ApplicationContext application) {
        return application.getBean(CamelContext.class).getComponent("daraja", DarajaComponent.class);
    }

    private static void with(ApplicationContextRunner with, Consumer<ApplicationContext> check) {
        with.run(application -> {
            assertThat(application).hasNotFailed();
            check.accept(application);
        });
    }

    private static void refused(ApplicationContextRunner with, String... texts) {
        with(with, application -> assertThatThrownBy(() -> component(application)).rootCause().message().contains(texts));
    }

    @Test
    void theApplicationsDatabaseKeepsPayments() {
        with(onH2.withPropertyValues(SECRET), application -> {
            assertThat(component(application).getRepository()).isInstanceOfSatisfying(JdbcTransactionRepository.class,
                    repository -> assertThat(repository.getDataSource()).isSameAs(application.getBean(DataSource.class)));
            assertThat(application.getBean(JdbcTemplate.class).queryForObject("select count(*) from daraja_payment", Integer.class))
                    .isZero();
        });
    }

    @Test
    void inH2TheApplicationAndPaymentsTakeTurns() {
        with(onH2.withPropertyValues(SECRET), application -> {
            component(application);
            assertThat(application.getBean(PlatformTransactionManager.class)).isInstanceOf(TurnTransactionManager.class);
            JdbcTemplate sql = application.getBean(JdbcTemplate.class);
            sql.execute("create table book (id int)");
            new TransactionTemplate(application.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
                sql.update("insert into book values (1)");
                status.setRollbackOnly();
            });
            assertThat(sql.queryForObject("select count(*) from book", Integer.class)).isZero();
        });
    }

    @Test
    void whatRoutesDoInATransactionJoinsIt() {
        with(onH2.withPropertyValues(SECRET, "camel.component.daraja.short-code=600200", "camel.component.daraja.consumer-key=a",
                "camel.component.daraja.consumer-secret=b", "camel.component.daraja.passkey=c",
                "camel.component.daraja.callback-base-url=https://pay.example.co.ke", "camel.component.daraja.callback-host=127.0.0.1",
                "camel.component.daraja.callback-port=" + Ports.free())
                .withBean(RouteBuilder.class, () -> new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("daraja:stkPush?transacted=true").routeId("booking").log("told");
                    }
                }), application -> assertThat(application.getBean(CamelContext.class).getRouteController().getRouteStatus("booking")
                        .isStarted()).isTrue());
    }

    @Test
    void withoutASecretPaymentsAreNotForgottenInSilence() {
        refused(onH2, "camel.daraja.store.secret is missing", "openssl rand -base64 32", "camel.daraja.store.kind=memory");
    }

    @Test
    void whoHasNoDarajaRoutesNeedsNoSecret() {
        with(onH2, application -> assertThat(application.getBean(CamelContext.class).isStarted()).isTrue());
    }

    @Test
    void memoryByChoiceAndWithoutADatabase() {
        with(onH2.withPropertyValues("camel.daraja.store.kind=memory"), application -> {
            assertThat(component(application).getRepository()).isNull();
            assertThat(application.getBean(PlatformTransactionManager.class)).isNotInstanceOf(TurnTransactionManager.class);
        });
        with(new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class,
                DarajaAutoConfiguration.class, DarajaStoreAutoConfiguration.class)),
                application -> assertThat(component(application).getRepository()).isNull());
    }

    @Test
    void aRepositoryOfTheApplicationIsTaken() {
        TransactionRepository own = new MemoryTransactionRepository(Clock.systemUTC(), 10);
        with(onH2.withBean(TransactionRepository.class, () -> own),
                application -> assertThat(component(application).getRepository()).isSameAs(own));
    }

    @Test
    void ofSeveralDataSourcesOneIsNamed() {
        ApplicationContextRunner two = runner.withPropertyValues(SECRET)
                .withBean("books", DataSource.class, () -> new DriverManagerDataSource(TestStore.url()))
                .withBean("payments", DataSource.class, () -> new DriverManagerDataSource(TestStore.url()));
        refused(two, "several DataSources (books, payments)", "camel.daraja.store.data-source");
        with(two.withPropertyValues("camel.daraja.store.data-source=payments"), application ->
                assertThat(((JdbcTransactionRepository) component(application).getRepository()).getDataSource())
                        .isSameAs(application.getBean("payments")));
    }

    @Test
    void aDatabaseThatIsWantedMustBeThere() {
        refused(new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class,
                DarajaAutoConfiguration.class, DarajaStoreAutoConfiguration.class)).withPropertyValues(SECRET,
                "camel.daraja.store.kind=database"), "the application has no DataSource; set spring.datasource.url");
    }

    @Test
    void withoutFlywayItIsSaidWhatToAdd() {
        onH2.withPropertyValues(SECRET).withClassLoader(new FilteredClassLoader("org.flywaydb")).run(application ->
                assertThat(application).getFailure().rootCause().hasMessageContaining("add org.flywaydb:flyway-core"));
    }

    @Test
    void theApplicationsOwnFlywayAndOursDoNotMeet() {
        with(onH2.withPropertyValues(SECRET).withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class)), application -> {
            component(application);
            assertThat(application.getBean(JdbcTemplate.class).queryForList("select lower(table_name) from information_schema.tables",
                    String.class)).contains("flyway_schema_history", "daraja_schema_history", "daraja_payment");
        });
    }
}
