package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both grammars of balances, and what is left of them when they are bent. */
class BalancesTest {

    @Provide
    Arbitrary<List<Balance>> accounts() {
        Arbitrary<BigDecimal> amounts = Arbitraries.bigDecimals().between(new BigDecimal("-99999999"), new BigDecimal("99999999"))
                .ofScale(2);
        return Combinators.combine(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20), amounts, amounts, amounts,
                amounts)
                .as((name, current, available, reserved, uncleared) ->
                        new Balance(name + " Account", "KES", current, available, reserved, uncleared))
                .list().ofMinSize(1).ofMaxSize(8);
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("accounts") List<Balance> accounts) {
        String text = accounts.stream().map(each -> String.join("|", each.account(), each.currency(), each.current()
                .toPlainString(),
                each.available().toPlainString(), each.reserved().toPlainString(), each.uncleared().toPlainString()))
                .collect(Collectors.joining("&"));

        assertThat(Balances.read("AccountBalance", text)).isEqualTo(accounts);
    }

    @Property(tries = 500)
    void noTextBreaksTheReader(@ForAll String text) {
        assertThat(Balances.read("x", text)).isNotNull();
        assertThat(Balances.read("x", "{" + text)).isNotNull();
        assertThat(Balances.read("x", text.replace('a', '|').replace('b', '&'))).isNotNull();
    }

    @Test
    void columnsMayBeFewerOrMoreOrBlank() {
        assertThat(Balances.read("x", " Loyalty Account | KES | 12.50 &Utility Account|KES|1|2|3|4|5|6&Bonus||x| 7 "))
                .containsExactly(
                new Balance("Loyalty Account", "KES", new BigDecimal("12.50"), null, null, null),
                new Balance("Utility Account", "KES", new BigDecimal("1"), new BigDecimal("2"), new BigDecimal("3"),
                new BigDecimal("4")), new Balance("Bonus", null, null, new BigDecimal("7"), null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{Amount={CurrencyCode=KES, MinimumAmount=7345015, BasicAmount=73450.15}}",
        "{ Amount={BasicAmount=73450.15, MinimumAmount=7345015, CurrencyCode=KES}}",
        "{Amount={CurrencyCode=KES,MinimumAmount=7345015}}", "{BasicAmount = 73450.15 , CurrencyCode = KES" })
    void theTextOfAJavaMap(String text) {
        assertThat(Balances.read("DebitAccountBalance", text)).containsExactly(
                new Balance("DebitAccountBalance", "KES", null, new BigDecimal("73450.15"), null, null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "73450.15", "none", "{}", "{Amount={}}", "{Amount={BasicAmount=}}", "&&&", "|KES|1" })
    void whatNamesNoBalanceHoldsNone(String text) {
        assertThat(Balances.read("x", text)).isEmpty();
    }
}
