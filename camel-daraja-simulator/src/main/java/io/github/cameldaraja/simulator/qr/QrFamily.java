package io.github.cameldaraja.simulator.qr;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.QrPayment;
import io.github.cameldaraja.simulator.family.Calls;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerFates;
import io.github.cameldaraja.simulator.wire.Call;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * Dynamic QR codes and the phones that scan them.
 */
public final class QrFamily implements Family {

    /** Where codes are made. */
    public static final String PATH = "/mpesa/qrcode/v1/generate";

    private static final String BUY_GOODS = "BG";
    private static final Set<String> PAYABLE = Set.of(BUY_GOODS, "PB");

    private final Inside inside;
    private final Calls calls;

    /** With the given plans. */
    public QrFamily(Inside inside, AnswerFates answers) {
        this.inside = inside;
        this.calls = new Calls(inside, answers, TokenRefusal.STK);
    }

    @Override
    public void mount(Paths paths) {
        calls.post(paths, PATH, "qr", this::generate);
    }

    @Override
    public void control(ControlPaths paths) {
        paths.post("/qr/payments", call -> inside.json().object().put("receipt", scan(call).receipt()));
    }

    /** What the text inside a code says; throws {@link IllegalArgumentException} for other texts. */
    public QrPayment read(String text) {
        return QrText.read(text);
    }

    /**
     * Somebody scans a code and pays; throws {@link IllegalArgumentException} unless the code is for a till or a pay
     * bill, and {@link IllegalStateException} if the money does not suffice.
     */
    public LedgerEntry pay(String phone, String text) {
        QrPayment payment = read(text);
        if (!PAYABLE.contains(payment.trxCode())) {
            throw new IllegalArgumentException("no payment to an organisation: " + payment.trxCode());
        }
        inside.customers().get(phone);
        inside.ledger().introduce(payment.cpi(), BUY_GOODS.equals(payment.trxCode()) ? Kind.TILL : Kind.PAY_BILL);
        LedgerEntry entry = inside.ledger().pay(phone, payment.cpi(), payment.amount(), () -> new LedgerEntry(
                inside.ids().receipt(), inside.clock().instant(), phone, payment.cpi(), payment.cpi(),
                BigDecimal.valueOf(payment.amount()), payment.reference(), null, null))
                .orElseThrow(() -> new IllegalStateException(phone + " cannot afford " + payment.amount()));
        inside.counters().increment("qr.paid");
        return entry;
    }

    private LedgerEntry scan(Call call) {
        return pay(call.body().path("phone").asText(), call.body().path("content").asText());
    }

    private Answer generate(Exchange exchange) {
        QrReader.Wish wish = QrReader.read(inside.fields(exchange, QrReader.FIRST_FIELD));
        byte[] png = QrImage.png(QrText.write(wish.payment()), wish.size());
        ObjectNode body = inside.json().object()
                .put("ResponseCode", "00")
                .put("RequestID", inside.ids().request())
                .put("ResponseDescription", "The service request is processed successfully.")
                .put("QRCode", Base64.getEncoder().encodeToString(png));
        return inside.answers().ok(body);
    }
}
