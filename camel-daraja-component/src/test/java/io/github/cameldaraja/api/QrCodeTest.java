package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.OwnSamples.json;
import static io.github.cameldaraja.api.OwnSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture to scan. */
class QrCodeTest {

    private final QrCode api = new QrCode();

    @Test
    void theRequestIsTheSample() {
        assertThat(OwnSamples.wire(api, new QrCode.Request("Duka la Mama Njeri", "Table 9", 640)))
                .isEqualTo(read("qrCode/request").toMap());
    }

    @Test
    void aTillIsTheUsualReceiverOfATill() {
        assertThat(OwnSamples.wire(api, Json.toMap(new QrCode.Request("Duka", "9", 1)),
                Map.of("BusinessShortCode", "574300", "PartyB", "300411")))
                .containsEntry("TrxCode", "BG").containsEntry("CPI", "300411");
    }

    @Test
    void theBodyIsThePicture() {
        JsonObject answer = read("qrCode/response");

        assertThat(api.success().refusal(answer, false)).isEmpty();
        QrCode.Answer read = api.answer(null, answer);
        assertThat((byte[]) api.body(read)).startsWith(0x89, 'P', 'N', 'G').isEqualTo(read.image());
        assertThat(api.contentType()).isEqualTo("image/png");
        assertThat(read.requestId()).isEqualTo("20417-88213045-2");
        assertThat(read.details()).isEqualTo(answer.toMap());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'ResponseCode':'00'}", "{'ResponseCode':'00','QRCode':''}", "{'QRCode':null}", "{'QRCode':'%%%'}",
        "{'QRCode':{}}", "{'QRCode':'data:image/png;base64,'}", "{}"})
    void withoutAPictureThereIsNoSuccess(String answer) {
        assertThat(api.success().refusal(json(answer), false).orElseThrow().kind()).isEqualTo(ErrorKind.UNKNOWN);
    }

    @Property(tries = 100)
    void everyPictureIsReadHoweverItIsWrapped(@ForAll @Size(min = 1, max = 300) byte[] image) {
        String plain = Base64.getEncoder().encodeToString(image);
        String broken = Base64.getMimeEncoder().encodeToString(image).replace("\r\n", "\\r\\n");
        for (String text : new String[] {plain, broken, "data:image/png;base64," + plain}) {
            assertThat(api.answer(null, json("{'ResponseCode':'AG_1','QRCode':'" + text + "'}")).image()).isEqualTo(image);
        }
    }

    @ParameterizedTest
    @CsvSource({"SM, 0719000456, 254719000456", "SB, 719000456, 254719000456", "BG, 300411, 300411", "PB, 574300, 574300",
            "WA, 412233, 412233"})
    void receivers(String code, String said, String wire) {
        assertThat(with(code, said).get("CPI")).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({"SM, 300411", "SB, 300411", "BG, 0719000456", "PB, 254719000456", "WA, 719000456", "XX, 300411",
            "BG, 12", "BG, me"})
    void othersAreRefused(String code, String receiver) {
        assertThatThrownBy(() -> with(code, receiver)).isInstanceOf(InvalidFieldException.class);
    }

    private Fields with(String code, String receiver) {
        Map<String, Object> said = new HashMap<>(Map.of("merchantName", "Duka", "accountReference", "9", "amount", 1,
                "size", 300));
        said.put("trxCode", code);
        said.put("receiver", receiver);
        return Fields.check(api, said);
    }
}
