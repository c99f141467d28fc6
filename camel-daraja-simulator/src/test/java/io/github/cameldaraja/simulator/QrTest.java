package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;

import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.qr.QrFamily;

class QrTest extends SimulatorTest {

    private FlatShop flat;

    @BeforeEach
    void open() {
        flat = new FlatShop(sim, shop);
    }

    @AfterEach
    void verify() {
        sim.books().verify();
    }

    @Test
    void makesACodeThatScans() throws Exception {
        JsonNode answer = flat.json(shop.post(QrFamily.PATH, flat.qrBody()));
        assertThat(answer.fieldNames()).toIterable()
                .containsExactly("ResponseCode", "RequestID", "ResponseDescription", "QRCode");
        assertThat(answer.path("ResponseCode").asText()).isEqualTo("00");

        BufferedImage image = image(answer);

        assertThat(image.getWidth()).isEqualTo(280);
        assertThat(image.getHeight()).isEqualTo(280);
        String content = scan(image);
        assertThat(content).startsWith("000201");
        assertThat(sim.qrCodes().read(content)).isEqualTo(
                new QrPayment("BG", sim.credentials().tillNumber(), 40, "ORDER 77", "Duka la Nyota"));
    }

    @Test
    void isPaidByWhoeverScans() throws Exception {
        String till = scan(image(flat.json(shop.post(QrFamily.PATH, flat.qrBody()))));
        LedgerEntry entry = sim.qrCodes().pay(Shop.PHONE, till);
        assertThat(entry.accountReference()).isEqualTo("ORDER 77");
        assertThat(sim.books().merchantBalance(sim.credentials().tillNumber())).isEqualTo(40);

        ObjectNode payBill = flat.qrBody().put("TrxCode", "PB").put("CPI", "574100").put("Size", "1000");
        String content = scan(image(flat.json(shop.post(QrFamily.PATH, payBill))));
        assertThat(flat.control("/qr/payments", flat.object().put("phone", Shop.PHONE).put("content", content)
                .toString()).body()).startsWith("{\"receipt\":");
        assertThat(sim.books().merchantBalance("574100")).isEqualTo(40);
        assertThat(sim.counters().count("qr.paid")).isEqualTo(2);
        assertThatThrownBy(() -> sim.qrCodes().read(content + "0")).isInstanceOf(IllegalArgumentException.class);
        sim.customers().add(Shop.PHONE, 39, "1234");
        assertThatThrownBy(() -> sim.qrCodes().pay(Shop.PHONE, till)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"WA, 574777", "SM, 0722000001", "SB, 254722000001"})
    void knowsTheOtherCodes(String code, String cpi) throws Exception {
        ObjectNode body = flat.qrBody().put("TrxCode", code).put("CPI", cpi);
        String content = scan(image(flat.json(shop.post(QrFamily.PATH, body))));
        assertThat(sim.qrCodes().read(content).trxCode()).isEqualTo(code);
        assertThatThrownBy(() -> sim.qrCodes().pay(Shop.PHONE, content)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MerchantName", "RefNo", "Amount", "TrxCode", "CPI", "Size"})
    void namesTheMissingField(String field) {
        ObjectNode body = flat.qrBody();
        body.remove(field);
        assertThat(shop.post(QrFamily.PATH, body).body()).contains("400.002.02", "Invalid " + field);
    }

    @ParameterizedTest
    @CsvSource({"TrxCode, XX", "CPI, 12", "Size, 0", "Size, 5000", "Amount, 1.5"})
    void namesTheBadField(String field, String value) {
        assertThat(shop.post(QrFamily.PATH, flat.qrBody().put(field, value)).body()).contains("Invalid " + field);
    }

    @Test
    void answersOddlyIfAsked() {
        sim.calls().next(QrFamily.PATH, AnswerScript.usual()
                .field("ResponseCode", "AG_20261121_0000aa11bb22cc33dd44").without("RequestID"));
        JsonNode odd = flat.json(shop.post(QrFamily.PATH, flat.qrBody()));
        assertThat(odd.path("ResponseCode").asText()).startsWith("AG_");
        assertThat(odd.has("RequestID")).isFalse();

        flat.control("/calls/faults", "{\"path\": \"" + QrFamily.PATH + "\", \"errorBeforeAccepting\":"
                + " {\"status\": 500, \"errorCode\": \"500.003.03\", \"errorMessage\": \"Quota Violation\"}}");
        HttpResponse<String> answer = shop.post(QrFamily.PATH, flat.qrBody());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("500.003.03");
        assertThat(sim.counters().count("qr.refused")).isEqualTo(1);
        assertThat(sim.counters().count("qr.accepted")).isEqualTo(1);
    }

    private static BufferedImage image(JsonNode answer) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(answer.path("QRCode").asText())));
    }

    private static String scan(BufferedImage image) throws ReaderException {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(
                new RGBLuminanceSource(width, height, pixels)))).getText();
    }
}
