package io.github.cameldaraja.simulator.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;

class LedgerTest {

    private static final String PAY_BILL = "574100";
    private static final String TILL = "5742001";
    private static final String STORE = "574200";
    private static final String PHONE = "254722000001";
    private static final String UTILITY = "Utility Account";
    private static final String WORKING = "Working Account";

    private final Ledger ledger = new Ledger(SimulatorSettings.defaults().withDefaultBalance(1000));

    @Test
    void beginsWithAFloat() {
        assertThat(ledger.balance(PAY_BILL, Account.WORKING)).isEqualTo(1_000_000);
        assertThat(ledger.received(PAY_BILL)).isZero();
        assertThat(ledger.kind(STORE)).isEqualTo(Kind.TILL);
        ledger.verify();
    }

    @Test
    void creditsWhereTheKindReceives() {
        pay(PAY_BILL, 10);
        pay(STORE, 20);
        pay("888880", 30);
        assertThat(ledger.balance(PAY_BILL, Account.UTILITY)).isEqualTo(10);
        assertThat(ledger.balance(TILL, Account.MERCHANT)).isEqualTo(20);
        assertThat(ledger.balance("888880", Account.UTILITY)).isEqualTo(30);
        assertThat(ledger.customerBalance(PHONE)).isEqualTo(940);
        ledger.verify();
    }

    @Test
    void movesAllOrNothing() {
        ledger.deposit(PAY_BILL, Account.UTILITY, 100);
        assertThat(ledger.transfer(wish(PAY_BILL, UTILITY, PHONE, null, 101, null))).isEmpty();
        assertThat(ledger.transfers()).isEmpty();
        assertThat(ledger.transfer(wish(PAY_BILL, UTILITY, PHONE, null, 100, null))).isPresent();
        assertThat(ledger.customerBalance(PHONE)).isEqualTo(1100);
        ledger.introduce("600", Kind.TILL);
        assertThat(ledger.transfer(wish(PAY_BILL, WORKING, "600", "Merchant Account", 5, null))).isPresent();
        assertThat(ledger.received("600")).isEqualTo(5);
        ledger.verify();
    }

    @Test
    void undoesPayments() {
        pay(PAY_BILL, 10);
        assertThat(ledger.reversal("R1")).isEmpty();
        ledger.transfer(wish(PAY_BILL, UTILITY, PHONE, null, 10, "R1"));
        assertThat(ledger.payment("R1")).isPresent();
        assertThat(ledger.reversal("R1")).isPresent();
        assertThat(ledger.customerBalance(PHONE)).isEqualTo(1000);
        assertThat(ledger.received(PAY_BILL)).isZero();
        ledger.verify();
    }

    @Test
    void tellsOfPayments() {
        List<LedgerEntry> told = new ArrayList<>();
        ledger.onPayment(told::add);
        pay(PAY_BILL, 10);
        pay(PAY_BILL, 1_000_000);
        assertThat(told).hasSize(1);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> ledger.transfer(wish(PAY_BILL, "Pocket", PHONE, null, 1, null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.transfer(wish(PAY_BILL, WORKING, PHONE, null, -1, null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.deposit(PAY_BILL, Account.WORKING, -1))
                .isInstanceOf(IllegalArgumentException.class);
        ledger.verify();
    }

    @Test
    void noticesEntriesThatAreNotTrue() {
        ledger.pay(PHONE, PAY_BILL, 10, () -> entry(PAY_BILL, 11));
        assertThatThrownBy(ledger::verify).isInstanceOf(IllegalStateException.class);
        ledger.reset();
        ledger.verify();
    }

    private void pay(String shortCode, long amount) {
        ledger.pay(PHONE, shortCode, amount, () -> entry(shortCode, amount));
    }

    private static LedgerEntry entry(String shortCode, long amount) {
        return new LedgerEntry("R1", Instant.EPOCH, PHONE, shortCode, shortCode, BigDecimal.valueOf(amount), "A", null,
                null);
    }

    private static Transfer wish(String from, String fromAccount, String to, String toAccount, long amount,
            String reverses) {
        return new Transfer("T1", Instant.EPOCH, "Test", from, fromAccount, to, toAccount, BigDecimal.valueOf(amount),
                null, "O1", "C1", reverses);
    }
}
