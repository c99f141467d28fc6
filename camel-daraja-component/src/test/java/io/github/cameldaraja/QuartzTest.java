package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronTrigger;
import org.quartz.JobDetail;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;
import org.quartz.impl.matchers.GroupMatcher;

/** {@code scheduler=quartz} on tables that several nodes share: they mean one trigger. */
class QuartzTest extends DatabaseEndToEnd {

    private static final String DATABASE = "jdbc:h2:mem:quartz";
    private static final String GROUP = "QuartzScheduledPollConsumerScheduler";
    private static final String AT_SIX = "scheduler=quartz&scheduler.cron=0+0+6+*+*+?&scheduler.timeZone=Africa/Nairobi";

    private Connection open;

    @BeforeEach
    void tables() throws Exception {
        open = DriverManager.getConnection(DATABASE);
        try (InputStream script = JobStoreSupport.class.getResourceAsStream("tables_h2.sql");
             Reader text = new InputStreamReader(script, StandardCharsets.UTF_8)) {
            RunScript.execute(open, text);
        }
    }

    @AfterEach
    void drop() throws Exception {
        open.close();
    }

    private static Map<String, Object> clustered() {
        Map<String, Object> all = new HashMap<>();
        Map.of("scheduler.instanceName", "shop", "scheduler.instanceId", "AUTO", "threadPool.threadCount", "1",
                "jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX",
                "jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate", "jobStore.isClustered", "true",
                "jobStore.dataSource", "shop", "dataSource.shop.provider", "hikaricp", "dataSource.shop.driver", "org.h2.Driver",
                "dataSource.shop.URL", DATABASE).forEach((name, value) -> all.put("org.quartz." + name, value));
        return all;
    }

    private Shop shop(String options, QuartzComponent quartz) {
        return shop(newShop(), options, quartz);
    }

    private static Shop shop(Shop shop, String options, QuartzComponent quartz) {
        shop.routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:pullTransactions?" + options).routeId("statement").to("log:statement");
            }
        });
        shop.context().getCamelContextExtension().setName("shop");
        shop.context().addComponent("quartz", quartz);
        return shop.route("register", "daraja:pullRegister?phoneNumber=0722000009");
    }

    private static QuartzComponent onTables() {
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(clustered());
        return quartz;
    }

    private static List<String> triggers(Scheduler scheduler) throws Exception {
        return scheduler.getTriggerKeys(GroupMatcher.anyGroup()).stream().map(key -> key.getName()).sorted().toList();
    }

    @Test
    void howeverOftenANodeStartsThereIsOneTrigger() throws Exception {
        for (int start = 1; start <= 2; start++) {
            QuartzComponent quartz = onTables();
            try (Shop shop = shop(AT_SIX, quartz).open()) {
                assertThat(triggers(quartz.getScheduler())).as("start " + start).containsExactly("shop-statement");
                shop.context().getRouteController().stopRoute("statement");
                shop.context().getRouteController().startRoute("statement");
                assertThat(triggers(quartz.getScheduler())).as("the route again").containsExactly("shop-statement");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler.cron=0+0+7+*+*+?&scheduler.timeZone=Africa/Nairobi",
            "scheduler.cron=0+0+6+*+*+?&scheduler.timeZone=Africa/Kinshasa", "scheduler.cron=0+0+5+*+*+?&scheduler.timeZone=UTC"})
    void aStoredTriggerFollowsItsRoute(String changed) throws Exception {
        shop(AT_SIX, onTables()).open().close();
        QuartzComponent quartz = onTables();
        try (Shop shop = shop("scheduler=quartz&" + changed, quartz).open()) {
            CronTrigger stored = (CronTrigger) quartz.getScheduler().getTrigger(new TriggerKey("shop-statement", GROUP));
            assertThat(changed).isEqualTo("scheduler.cron=" + stored.getCronExpression().replace(' ', '+') + "&scheduler.timeZone="
                    + stored.getTimeZone().getID());
        }
    }

    @Test
    void aTriggerThatCallsAnotherRouteIsRefused() {
        shop(AT_SIX + "&scheduler.triggerId=six", onTables()).open().close();
        Shop renamed = shop("startScheduler=false", onTables()).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:pullTransactions?" + AT_SIX + "&scheduler.triggerId=six").routeId("renamed").to("log:renamed");
            }
        });
        try (renamed) {
            assertThatThrownBy(renamed::open).hasStackTraceContaining("scheduler.triggerId=six: this trigger of Quartz calls"
                    + " shop/statement (Camel context and route id), not shop/renamed");
        }
    }

    @Test
    void aTriggerIsAsTheRouteNamesIt() throws Exception {
        QuartzComponent quartz = new QuartzComponent();
        try (Shop shop = shop(AT_SIX + "&scheduler.triggerId=six", quartz).open()) {
            assertThat(triggers(quartz.getScheduler())).containsExactly("six");
        }
    }

    @Test
    void whoStartsWithOthersFindsTheirTrigger() throws Exception {
        QuartzComponent quartz = new QuartzComponent();
        AtomicBoolean others = new AtomicBoolean();
        Scheduler scheduler = overtaken(scheduler(), others);
        quartz.setScheduler(scheduler);
        try (Shop shop = shop(AT_SIX, quartz).open()) {
            assertThat(others).isTrue();
            assertThat(shop.context().getRouteController().getRouteStatus("statement").isStarted()).isTrue();
            assertThat(triggers(scheduler)).containsExactly("shop-statement");
        } finally {
            scheduler.shutdown();
        }
    }

    @Test
    void twoRoutesOfOneNodeDoNotShareATrigger() {
        Shop shop = shop(AT_SIX + "&scheduler.triggerId=six", new QuartzComponent()).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:pullTransactions?lag=1m&" + AT_SIX + "&scheduler.triggerId=six").routeId("other").to("log:other");
            }
        });
        try (shop) {
            assertThatThrownBy(shop::open).hasStackTraceContaining(ObjectAlreadyExistsException.class.getSimpleName());
        }
    }

    @Test
    void whoeverIsCalledLooksThoughAnotherNodeLookedASecondAgo() throws Exception {
        try (Shop first = shop(newNode(), AT_SIX, new QuartzComponent()).open();
             Shop second = shop(newNode(), AT_SIX, new QuartzComponent()).open()) {
            assertThat(first.send("direct:register", null).getException()).isNull();
            for (Shop called : List.of(first, second, first)) {
                int before = count("pull.queries");
                ((PullConsumer) called.context().getRoute("statement").getConsumer()).poll();
                assertThat(count("pull.queries")).isEqualTo(before + 1);
                safaricom.clock().advance(Duration.ofSeconds(1));
            }
        }
    }

    private static Scheduler scheduler() throws Exception {
        Properties properties = new Properties();
        properties.putAll(clustered());
        return new StdSchedulerFactory(properties).getScheduler();
    }

    // another node stores its own in the very moment in which this one does
    private static Scheduler overtaken(Scheduler scheduler, AtomicBoolean others) {
        return (Scheduler) Proxy.newProxyInstance(QuartzTest.class.getClassLoader(), new Class<?>[] {Scheduler.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("scheduleJob") && arguments.length == 2 && others.compareAndSet(false, true)) {
                        JobDetail theirs = ((JobDetail) arguments[0]).getJobBuilder().withIdentity("theirs").build();
                        scheduler.scheduleJob(theirs, ((Trigger) arguments[1]).getTriggerBuilder().forJob(theirs).build());
                    }
                    try {
                        return method.invoke(scheduler, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
