package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.Ports;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Quartz on its tables in the database, clustered: whatever is planned for a time one of the nodes does, and only one. */
class ClusteredScheduleTest {

    private static final String NAIROBI = "Africa/Nairobi";

    private final DarajaSimulator safaricom = DarajaSimulator.start();
    private final Ground ground = Grounds.postgres();
    private Child first;
    private Child second;

    @BeforeEach
    void tables() {
        ground.clear();
        new CashBook(ground);
        Quartz.makeTables(ground);
        ground.execute("drop table if exists crash_fire",
                "create table crash_fire (node varchar(20), instance varchar(200), planned timestamp, failure text)");
        register();
    }

    // before anybody looks: what is refused is looked for again in slices, each of which begins at the first row
    private void register() {
        try (Shop shop = Shop.at(safaricom).withOperator().route("register", "daraja:pullRegister?phoneNumber=0722000009").open()) {
            assertThat(shop.send("direct:register", null).getException()).isNull();
        }
    }

    @AfterEach
    void end() {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
        safaricom.close();
    }

    private Child node(String name) {
        return Child.starting(ScheduledNode.class, name, Grounds.postgresUrl(), safaricom.baseUrl(), String.valueOf(Ports.free()),
                "0/1+*+*+*+*+?", NAIROBI);
    }

    // at once: both find no trigger, and both store it
    private void startBoth() {
        first = node("first");
        second = node("second");
        first.awaitStart();
        second.awaitStart();
    }

    private long fires() {
        return ground.count("select count(*) from crash_fire");
    }

    private void awaitFires(int more) {
        long before = fires();
        await().atMost(Duration.ofSeconds(60)).until(() -> fires() >= before + more);
    }

    private long looks() {
        return safaricom.requests().stream().filter(request -> request.path().contains("/pulltransactions/v1/query")
                && Shop.json(request.body()).get("OffSetValue").asText().equals("0")).count();
    }

    @Test
    void whatIsPlannedIsDoneOnce() {
        safaricom.c2b().allConfirmations(ConfirmationScript.usual().lost());
        startBoth();
        String receipt = safaricom.c2b().pay("254712345678", safaricom.credentials().shortCode(), "ACC 1", 10).join().receipt();
        awaitFires(4);
        assertThat(ground.ask("select instance_name from qrtz_scheduler_state")).as("both are in the cluster").hasSize(2);
        assertThat(ground.ask("select time_zone_id from qrtz_cron_triggers")).containsExactly(NAIROBI);
        first.close();
        second.close();

        List<String> planned = ground.ask("select planned from crash_fire order by planned");
        assertThat(planned).doesNotHaveDuplicates();
        // one is left out if another node has looked less than a second ago, for it was late; each node's last may not be written down any more
        assertThat(looks()).isBetween(planned.size() / 2L, planned.size() + 2L);
        assertThat(ground.ask("select receipt from crash_credit")).containsExactly(receipt);
        assertThat(ground.ask("select line from crash_journal")).hasSize(1);
    }

    @Test
    @Tag("long")
    void whenANodeDiesTheOtherGoesOn() {
        startBoth();
        awaitFires(2);
        // who is to fire next has taken that already
        List<String> holder = new ArrayList<>();
        await().until(() -> {
            holder.clear();
            holder.addAll(ground.ask("select distinct f.node from crash_fire f join qrtz_fired_triggers t on t.instance_name"
                    + " = f.instance"));
            return holder.size() == 1;
        });
        String dead = holder.get(0);
        (dead.equals("first") ? first : second).kill();
        long killed = System.nanoTime();
        String other = dead.equals("first") ? "second" : "first";
        long before = ground.count("select count(*) from crash_fire where node = ?", other);

        await().atMost(Duration.ofSeconds(60)).until(() ->
                ground.count("select count(*) from crash_fire where node = ?", other) > before);
        System.out.printf("%s: %d ms after %s was killed %s fires%n", getClass().getSimpleName(),
                Duration.ofNanos(System.nanoTime() - killed).toMillis(), dead, other);
        awaitFires(3);
        assertThat(ground.ask("select planned from crash_fire order by planned")).doesNotHaveDuplicates();
    }
}
