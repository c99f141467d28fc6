package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A number as Safaricom tells it, against one that we know. */
class PhoneMatchTest {

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.strings().numeric().ofLength(8)
                .flatMap(rest -> Arbitraries.of("2547", "2541").map(head -> head + rest));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] forms(String number) {
        String head = number.substring(0, 4);
        String tail = number.substring(9);
        return new String[] { number, "+" + number, "0" + number.substring(3), number.substring(3), head + " ***** " + tail,
            head + "*****" + tail, number.substring(0, 5) + "****" + tail, "254******" + tail, "*********" + tail,
            "0" + number.substring(3, 5) + "****" + tail, head + "***" + tail, sha256(number),
            sha256(number).toUpperCase(Locale.ROOT), number.substring(4), number.substring(3, 11), " " + number + " " };
    }

    @Property(tries = 300)
    void everyFormFitsItsOwnNumber(@ForAll("numbers") String number) {
        assertThat(forms(number)).allMatch(told -> PhoneMatch.fits(told, number));
    }

    @Property(tries = 300)
    void noFormFitsANumberThatEndsDifferently(@ForAll("numbers") String number, @ForAll("numbers") String other) {
        Assume.that(!number.substring(9).equals(other.substring(9)) && !other.startsWith(number.substring(3, 11), 3)
                && !other.endsWith(number.substring(4)));

        assertThat(forms(number)).noneMatch(told -> PhoneMatch.fits(told, other));
    }

    @Property(tries = 500)
    void nothingBreaksIt(@ForAll String told, @ForAll String whole, @ForAll("numbers") String number) {
        assertThat(PhoneMatch.fits(told, whole)).isEqualTo(PhoneNumbers.isWhole(whole) && PhoneMatch.fits(told, whole));
        PhoneMatch.fits(told, number);
        assertThat(PhoneMatch.fits(told, null)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "  ", "************" })
    void nothingToldContradictsNothing(String told) {
        assertThat(PhoneMatch.fits(told, "254711223344")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "44", "2547 ***** 345", "2541 ***** 344", "25472****344", "**********345", "0712****44",
        "254711223345", "44332211", "2547112233445566", "25471122334*9", "AMINA", "254711223344***254711223344",
        "c0ffee", "0000000000000000000000000000000000000000000000000000000000000000" })
    void othersDoNotFit(String told) {
        assertThat(PhoneMatch.fits(told, "254711223344")).isFalse();
    }

    @Test
    void weNeedAWholeNumberOfOurOwn() {
        assertThat(PhoneMatch.fits("2547 ***** 344", "2547 ***** 344")).isFalse();
        assertThat(PhoneMatch.fits(null, "0711223344")).isFalse();
    }
}
