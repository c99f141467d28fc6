package io.github.cameldaraja.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.account.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class QuestionPaceTest {

    private final SettableClock clock = new SettableClock();
    private final QuestionPace pace = new QuestionPace(clock);

    @Test
    void spacesTheQuestionsOfTheSandbox() {
        Account account = account(null, null);

        assertThat(pace.tryTake(account)).isZero();
        assertThat(pace.tryTake(account)).isEqualTo(Duration.ofSeconds(12));
        clock.advance(Duration.ofSeconds(5));
        assertThat(pace.tryTake(account)).isEqualTo(Duration.ofSeconds(7));
        clock.advance(Duration.ofSeconds(7).minusNanos(1_000_000));
        assertThat(pace.tryTake(account)).isPositive();
        clock.advance(Duration.ofMillis(1));
        assertThat(pace.tryTake(account)).isZero();
        assertThat(pace.tryTake(account)).isPositive();
    }

    @Test
    void savesNothingUp() {
        Account account = account(Environment.PRODUCTION, null);
        pace.tryTake(account);
        clock.advance(Duration.ofHours(1));

        assertThat(pace.tryTake(account)).isZero();
        assertThat(pace.tryTake(account)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void isKeptPerAccountAndSetting() {
        Accounts accounts = accounts(null, Duration.ofSeconds(3));
        assertThat(pace.tryTake(accounts.get(Accounts.DEFAULT))).isZero();
        assertThat(pace.tryTake(accounts.get("shop"))).isZero();
        assertThat(pace.tryTake(accounts.get("shop"))).isEqualTo(Duration.ofSeconds(3));

        Account relaxed = account(null, Duration.ZERO);
        assertThat(pace.tryTake(relaxed)).isZero();
        assertThat(pace.tryTake(relaxed)).isZero();
    }

    @Test
    void letsOneOfManyThrough() {
        Account account = account(null, null);

        assertThat(IntStream.range(0, 1000).parallel().filter(i -> pace.tryTake(account).isZero()).count()).isEqualTo(1);
    }

    private static Account account(Environment environment, Duration spacing) {
        return accounts(environment, spacing).get(Accounts.DEFAULT);
    }

    private static Accounts accounts(Environment environment, Duration spacing) {
        DarajaAccount settings = new DarajaAccount();
        settings.setEnvironment(environment);
        settings.setQuerySpacing(spacing);
        return new Accounts(new DefaultCamelContext(), settings, Map.of("shop", new DarajaAccount()), null);
    }
}
