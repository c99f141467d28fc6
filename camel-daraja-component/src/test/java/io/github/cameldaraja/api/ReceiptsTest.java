package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = { " ", "UKL0000000", "UKL000000", " UKL0000000 ", "ukl0000000", "0000000000" })
    void aGenericIdIsNoReceipt(String text) {
        assertThat(Receipts.real(text)).isNull();
    }

    @Test
    void blanksAroundAReceiptAreNotPartOfIt() {
        assertThat(Receipts.real(" UKL5XY6ZW7 ")).isEqualTo("UKL5XY6ZW7");
        assertThat(Receipts.real("UK10000001")).isEqualTo("UK10000001");
    }
}
