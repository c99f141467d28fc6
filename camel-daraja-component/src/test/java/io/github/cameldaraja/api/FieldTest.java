package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers say is checked before anything is sent. */
class FieldTest {

    private final StkPush push = new StkPush();

    private Fields fields(Object phone, Object amount) {
        return Fields.check(push, Map.of("PhoneNumber", phone, "Amount", amount, "TransactionType", "CustomerPayBillOnline"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0712345678", "0712 345 678", "+254712345678", "254712345678", "712345678", "254-712-345-678",
        "(0712) 345678", "+254 (712) 345678" })
    void everyKenyanFormIsOneNumber(String written) {
        assertThat(fields(written, 1).get("PhoneNumber")).isEqualTo("254712345678");
    }

    @ParameterizedTest
    @ValueSource(strings = { "071234567", "07123456789", "0812345678", "255712345678", "phone", "07l2345678", "+1712345678",
        "25407123456", "0712345678,0712345679" })
    void otherPhonesAreRefused(String written) {
        assertThatThrownBy(() -> fields(written, 1)).isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("PhoneNumber").hasMessageContaining("Kenyan mobile number");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-1", "0.5", "1.01", "250001", "1e9", "NaN", "ten", "1,000", "1E999999999", "0x10" })
    void otherAmountsAreRefused(String amount) {
        assertThatThrownBy(() -> fields("0712345678", amount)).isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("Amount").hasMessageContaining("whole shillings");
    }

    @Property
    void everyWholeAmountIsTaken(@ForAll @LongRange(min = 1, max = 250_000) long amount) {
        assertThat(fields("0712345678", amount).get("Amount")).isEqualTo(Long.toString(amount));
        assertThat(fields("0712345678", new BigDecimal(amount).setScale(2)).get("Amount")).isEqualTo(Long.toString(amount));
        assertThat(fields("0712345678", (double) amount).get("Amount")).isEqualTo(Long.toString(amount));
    }

    @Property
    void noTextBreaksTheReader(@ForAll String phone, @ForAll String amount) {
        try {
            assertThat(fields(phone, amount).get("PhoneNumber")).matches("254[71][0-9]{8}");
        } catch (InvalidFieldException e) {
            assertThat(e.getField()).isIn("PhoneNumber", "Amount");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "254712345678", "2547 ***** 126", "12345678",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0" })
    void maskedNumbersCannotBeRead(String number) {
        assertThat(PhoneNumbers.mask(number)).contains("*").isNotEqualTo(number)
                .doesNotContain(number.substring(4, number.length() - 3).replace("*", "x").replace(" ", "x"));
    }
}
