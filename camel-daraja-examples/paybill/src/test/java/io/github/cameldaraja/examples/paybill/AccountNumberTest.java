package io.github.cameldaraja.examples.paybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountNumberTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "INV7|INV7", "inv7|INV7", "' inv  #7 '|INV7", "'\tinv\u00a07'|INV7",
        "house-12b|HOUSE-12B", "'#'|''", "''|''" })
    void peopleTypeAsTheyLike(String typed, String number) {
        assertThat(AccountNumber.normalise(typed)).isEqualTo(number);
    }

    @Test
    void nothingIsNoAccount() {
        assertThat(AccountNumber.normalise(null)).isEmpty();
    }

    @Test
    void theCountryOfTheServerDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr"));
            assertThat(AccountNumber.normalise("inv7")).isEqualTo("INV7");
        } finally {
            Locale.setDefault(before);
        }
    }
}
