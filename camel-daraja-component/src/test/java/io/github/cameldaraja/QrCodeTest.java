package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.QrCode;
import io.github.cameldaraja.simulator.AnswerScript;
import io.github.cameldaraja.simulator.QrPayment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A picture that a customer's phone can read. */
class QrCodeTest extends EndToEnd {

    private static final String PATH = "/mpesa/qrcode/v1/generate";

    private Shop shop() {
        return newShop().route("qr", "daraja:qrCode").route("raw", "daraja:qrCode?rawAnswer=true")
                .route("uri", "daraja:qrCode?amount=40&accountReference=ORDER 4&receiver=" + till
                        + "&field.trxCode=BG&field.merchantName=Duka&field.size=280")
                .route("headers", "daraja:qrCode?requestHeaders=true&field.merchantName=Duka");
    }

    private static String scan(byte[] png) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int width = image.getWidth();
        int height = image.getHeight();
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height,
                image.getRGB(0, 0, width, height, null, 0, width))))).getText();
    }

    @Test
    void theImageScansAndIsPaid() throws Exception {
        try (Shop shop = shop().open()) {
            List<Exchange> all = List.of(shop.send("direct:qr", new QrCode.Request("Duka", "ORDER 1", 10)),
                    shop.send("direct:qr", Map.of("MerchantName", "Duka", "accountReference", "ORDER 2", "amount", "20")),
                    shop.send("direct:qr", "{\"merchantName\":\"Duka\",\"RefNo\":\"ORDER 3\",\"Amount\":30,\"size\":500}"),
                    shop.send("direct:uri", null),
                    shop.send("direct:headers", null, Map.of("CamelDarajaRequestAmount", 50,
                            "CamelDarajaRequestAccountReference", "ORDER 5")));
            for (int i = 0; i < all.size(); i++) {
                Exchange done = all.get(i);
                assertThat(done.getException()).isNull();
                assertThat(done.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/png");
                String text = scan(done.getMessage().getBody(byte[].class));
                int amount = 10 * (i + 1);
                assertThat(safaricom.qrCodes().read(text)).isEqualTo(new QrPayment(i == 3 ? "BG" : "PB", i == 3 ? till : payBill,
                        amount, "ORDER " + (i + 1), "Duka"));
                assertThat(safaricom.qrCodes().pay(PHONE, text).amount()).isEqualByComparingTo(String.valueOf(amount));
            }
            Exchange raw = shop.send("direct:raw", new QrCode.Request("Duka", "ORDER 1", 10));
            assertThat(raw.getMessage().getBody(Map.class)).containsKeys("QRCode", "ResponseCode");
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void aTillMakesTillCodes() throws Exception {
        try (Shop shop = shop().with(component -> component.getConfiguration().setTillNumber(till)).open()) {
            Exchange done = shop.send("direct:qr", new QrCode.Request("Duka", "ORDER 1", 10));
            assertThat(safaricom.qrCodes().read(scan(done.getMessage().getBody(byte[].class))).cpi()).isEqualTo(till);
        }
    }

    @Test
    void whatWasNotAnsweredIsAskedAgainAtMostTwice() throws Exception {
        QrCode.Request request = new QrCode.Request("Duka", "ORDER 1", 10);
        try (Shop shop = shop().open()) {
            safaricom.calls().next(PATH, AnswerScript.usual().resetBeforeAccepting());
            safaricom.calls().next(PATH, AnswerScript.usual().without("QRCode"));
            Exchange third = sendOverPauses(shop, "direct:qr", request, () -> count("qr.received"), 3);
            assertThat(scan(third.getMessage().getBody(byte[].class))).isNotBlank();
            for (int i = 0; i < 3; i++) {
                safaricom.calls().next(PATH, AnswerScript.usual().emptyBody());
            }
            Exchange never = sendOverPauses(shop, "direct:qr", request, () -> count("qr.received"), 3);
            assertThat(never.getException()).isInstanceOf(DarajaOutcomeUnknownException.class)
                    .hasMessageContaining("asking again is safe");
            assertThat(never.getMessage().getHeader(DarajaConstants.RETRIABLE)).isEqualTo(true);
        }
    }

    @Test
    void whatIsWrongIsRefused() {
        Map<String, Object> good = Map.of("MerchantName", "Duka", "RefNo", "ORDER 1");
        try (Shop shop = shop().open()) {
            assertRefused(shop.send("direct:qr", good), "Amount", "is missing");
            assertRefused(shop.send("direct:qr", new QrCode.Request(null, "ORDER 1", 10)), "MerchantName", "is missing");
            assertRefused(shop.send("direct:qr", "{\"MerchantName\":\"D\",\"RefNo\":\"O\",\"Amount\":1,\"TrxCode\":\"XX\"}"),
                    "TrxCode", "BG, WA, PB, SM, SB");
            assertRefused(shop.send("direct:qr", "{\"MerchantName\":\"D\",\"RefNo\":\"O\",\"Amount\":1,\"TrxCode\":\"SM\"}"),
                    "CPI", "must be a phone number");
            assertRefused(shop.send("direct:qr", "{\"MerchantName\":\"D\",\"RefNo\":\"O\",\"Amount\":1,\"Size\":1001}"), "Size",
                    "1 to 1000");
            assertThat(safaricom.counters().tokenCalls()).isZero();
            safaricom.calls().next(PATH, AnswerScript.usual().errorBeforeAccepting(500, "500.003.03", "Quota Violation"));
            assertRefusal(shop.send("direct:qr", new QrCode.Request("Duka", "ORDER 1", 10)), DarajaThrottledException.class,
                    "500.003.03", "SYSTEM", true);
        }
    }
}
