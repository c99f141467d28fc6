package io.github.cameldaraja.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A callback URL is a capability: whoever can name it was told it by us. */
class CapabilityTest {

    private static final String REFERENCE = "0123456789abcdef0123456789abcdef";
    private static final String OLD = "an old callback secret, long enough";
    private static final String NEW = "a new callback secret, long enough too";
    private static final String NEWEST = "the newest callback secret of them all";

    private static DarajaAccount settings(String secret, String previous) {
        DarajaAccount settings = new DarajaAccount();
        settings.setConsumerKey("key");
        settings.setConsumerSecret("secret");
        settings.setPasskey("pass key");
        settings.setShortCode("174379");
        settings.setCallbackBaseUrl("https://pay.example.co.ke/in");
        settings.setCallbackSecret(secret);
        settings.setPreviousCallbackSecret(previous);
        return settings;
    }

    private static Account account(String name, String secret, String previous) {
        return new Account(name, settings(secret, previous), () -> null);
    }

    private static String mac(Account account) {
        String url = account.callbackUrl(CallbackKind.RESULT, REFERENCE);
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Test
    void theUrlHoldsNothingThatSafaricomRefuses() {
        String url = account("mpesa sql cmd", NEW, null).callbackUrl(CallbackKind.RESULT, REFERENCE);

        assertThat(url).startsWith("https://pay.example.co.ke/in/d/").hasSizeLessThanOrEqualTo(200);
        assertThat(url.substring("https://pay.example.co.ke/in".length())).matches("/d/[0-9a-f]{8}/1/[0-9a-f]{32}/[0-9a-f]{32}");
    }

    @Test
    void nodesAgreeWhenNoSecretIsSet() {
        assertThat(account("shop", null, null).callbackUrl(CallbackKind.RESULT, REFERENCE))
                .isEqualTo(account("shop", null, null).callbackUrl(CallbackKind.RESULT, REFERENCE));
    }

    @Test
    void itIsBoundToAccountKindAndReference() {
        Account shop = account("shop", NEW, null);
        String mac = mac(shop);

        assertThat(shop.verifies('1', REFERENCE, mac)).isTrue();
        assertThat(shop.verifies('2', REFERENCE, mac)).isFalse();
        assertThat(shop.verifies('1', REFERENCE.replace('0', '1'), mac)).isFalse();
        assertThat(account("other", NEW, null).verifies('1', REFERENCE, mac)).isFalse();
        assertThat(shop.verifies('1', REFERENCE, mac.substring(1))).isFalse();
        assertThat(shop.verifies('1', REFERENCE, null)).isFalse();
        assertThat(shop.verifies('1', REFERENCE, "not hexadecimal, but 32 letters!")).isFalse();
    }

    @Test
    void twoSecretsAreAcceptedAndNoThird() {
        String issued = mac(account("shop", OLD, null));

        assertThat(account("shop", NEW, OLD).verifies('1', REFERENCE, issued)).as("rotated once").isTrue();
        assertThat(account("shop", NEWEST, NEW).verifies('1', REFERENCE, issued)).as("rotated twice").isFalse();
        assertThat(mac(account("shop", NEW, OLD))).as("the new one signs").isNotEqualTo(issued);
    }

    @Property(tries = 500)
    void noOtherMacIsAccepted(@ForAll("hex") String mac) {
        Account shop = account("shop", NEW, null);

        assertThat(shop.verifies('1', REFERENCE, mac)).isEqualTo(mac.equals(mac(shop)));
    }

    @Provide
    Arbitrary<String> hex() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(32);
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> account("shop", "too short", null)).hasMessageContaining("callbackSecret")
                .hasMessageContaining("32 characters").hasMessageNotContaining("too short");
    }

    @ParameterizedTest
    @CsvSource({
        "http://pay.example.co.ke,https",
        "https://localhost/in,reachable",
        "https://127.0.0.1,reachable",
        "https://abc.ngrok.io,tunnel",
        "https://shop.example/mpesa/in,mpesa",
        "https://SafariCom.example,safaricom",
        "https://shop.example/myquery,query",
        "https://shop.example/in?x=1,query",
        "pay.example.co.ke,URL with a host",
        "ftp://pay.example.co.ke,URL with a host" })
    void aUrlThatSafaricomRefusesIsRefusedAtStart(String url, String why) {
        DarajaAccount settings = settings(NEW, null);
        settings.setCallbackBaseUrl(url);

        assertThatThrownBy(() -> new Account("shop", settings, () -> null)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("callbackBaseUrl").hasMessageContaining("shop").hasMessageContaining(why);
    }

    @Test
    void aUrlThatIsTooLongIsRefused() {
        DarajaAccount settings = settings(NEW, null);
        settings.setCallbackBaseUrl("https://pay.example.co.ke/" + "a".repeat(150));

        assertThatThrownBy(() -> new Account("shop", settings, () -> null)).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:8175", "http://localhost:8175/in/" })
    void aSimulatorMayCallBackOnLoopback(String url) {
        DarajaAccount settings = settings(NEW, null);
        settings.setBaseUrl("http://127.0.0.1:8174");
        settings.setCallbackBaseUrl(url);

        assertThat(new Account("shop", settings, () -> null).callbackUrl(CallbackKind.RESULT, REFERENCE))
                .startsWith("http://").doesNotContain("//d/");
    }
}
