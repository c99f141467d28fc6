package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTracesTest {

    private static final String NUMBER = "254712345678";
    // as Safaricom's first version of C2B would tell it
    private static final String HASH = "94c392c311d522da950619227b3361752a42042db7e1e699b26e628305c68a88";

    @ParameterizedTest
    @ValueSource(strings = { "254712345678", "+254712345678", "0712345678", "712345678", "+254 712 345 678", "0712 345 678",
        "0712-345-678", "254.712.345.678", "+254 (712) 345 678", "\"MSISDN\":\"254712345678\"", "0712345678/7", "x0712345678y",
        "254712345678 - Wanjiku", "ws_CO_21112026120000999712345678", "ws_CO_211120261200001712345678 and more" })
    void aNumberIsFoundHoweverItIsWritten(String text) {
        assertThat(PhoneTraces.in(text)).containsExactly(NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "2547 ***** 678", "2547123456789", "071234567", "20261121120000", "1 000 000 00", "10 712 345 678",
        "0612345678", "255712345678", "KES 712,345,678", "2026-11-21 12:00:00", "AG_20261121_712345678901234567890" })
    void nothingElseIs(String text) {
        assertThat(PhoneTraces.in(text)).isEmpty();
    }

    @Test
    void allInATextAreFound() {
        assertThat(PhoneTraces.in("0712345678, 0112345678 and +254 799 000 001, 0712 345 678"))
                .containsExactly("254112345678", NUMBER, "254799000001");
    }

    @Test
    void theyAreFoundInWhateverJsonHolds() {
        TreeSet<String> found = new TreeSet<>();
        PhoneTraces.find(Map.of("a", Arrays.asList(254712345671L, null, Map.of("b", new BigDecimal("2.54712345672E11"))),
                "0712345673", true), found);
        PhoneTraces.find(null, found);

        assertThat(found).containsExactly("254712345671", "254712345672", "254712345673");
    }

    @Test
    void aHashIsFoundByItsNumber() {
        assertThat(PhoneTraces.of("254705912645")).isEqualTo(List.of("254705912645", HASH));
        assertThat(PhoneTraces.in("{\"MSISDN\":\"" + HASH.toUpperCase() + "\"}")).containsExactly(HASH);
        assertThat(PhoneTraces.in(HASH + "0")).isEmpty();
    }
}
