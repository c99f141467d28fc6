package io.github.cameldaraja.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class AccountsTest {

    @Test
    void whoComesLaterWithTheSameIdDoesNotTakeTheCallbacksOfTheFirst() {
        // found by trying 67,738 names: both get b5fd70d4
        String first = "tenant-39588";
        String second = "tenant-67738";
        Accounts accounts = new Accounts(new DefaultCamelContext(), new DarajaAccount(), Map.of(), name -> new DarajaAccount());
        Account victim = accounts.get(first);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> accounts.get(second)).hasMessageContaining("same id");
        }

        assertThat(accounts.byId(victim.id())).isSameAs(victim);
        assertThat(accounts.all()).extracting(Account::name).doesNotContain(second);
    }

    @Test
    void aForgottenAccountIsReadAgain() {
        Accounts accounts = new Accounts(new DefaultCamelContext(), new DarajaAccount(), Map.of(), name -> new DarajaAccount());
        Account before = accounts.get("shop");
        accounts.forget("shop");

        assertThat(accounts.get("shop")).isNotSameAs(before).isSameAs(accounts.byId(before.id()));
    }
}
