package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines with number and name, in the ways in which they come. */
class PartiesTest {

    @ParameterizedTest
    @CsvSource({
        "254711222333 - WANJIRU ACHIENG,254711222333,WANJIRU ACHIENG,254711222333",
        "0711222333 - ANNE-MARIE  OTIENO,0711222333,ANNE-MARIE  OTIENO,254711222333",
        "'  254110222333  -   JOHN ',254110222333,JOHN,254110222333",
        "+254711222333-JOHN,+254711222333,JOHN,254711222333",
        "737373– Lamu Power,737373,Lamu Power,",
        "515151 - Shop 24 - Branch,515151,Shop 24 - Branch,",
        "254711222333,254711222333,,254711222333",
        "254711222333 - ,254711222333,,254711222333",
        "25471****333 - JOHN,25471****333,JOHN,",
        "JOHN - DOE,,JOHN - DOE,",
        "12345 Traders,,12345 Traders," })
    void numberAndName(String line, String number, String name, String phone) {
        Parties.Party party = Parties.read(line);

        assertThat(party.number()).isEqualTo(number);
        assertThat(party.name()).isEqualTo(name);
        assertThat(party.phoneNumber()).isEqualTo(phone);
    }

    @Property(tries = 500)
    void noTextBreaksTheReader(@ForAll String line) {
        String phone = Parties.read(line).phoneNumber();

        assertThat(phone == null || PhoneNumbers.isWhole(phone)).isTrue();
        assertThat(Parties.read("254711222333 - " + line).toString()).doesNotContain("711222333");
    }
}
