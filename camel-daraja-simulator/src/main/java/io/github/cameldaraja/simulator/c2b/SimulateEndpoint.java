package io.github.cameldaraja.simulator.c2b;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.PhonePayment;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;
import io.vertx.core.Future;

/**
 * POST /mpesa/c2b/v1/simulate and v2: a customer pays a moment later.
 */
final class SimulateEndpoint {

    private static final String FIRST_FIELD = "ShortCode";
    private static final String PAY_BILL = "CustomerPayBillOnline";
    private static final String BUY_GOODS = "CustomerBuyGoodsOnline";

    private record Simulation(String shortCode, boolean payBill, long amount, String phone, String reference) {
    }

    private final Inside inside;
    private final Merchant merchant;
    private final PaymentDesk desk;
    private final ConfirmationDesk confirmations;
    private final RequestFaults faults;
    private final Version version;
    private final C2bRefusal refusal;

    SimulateEndpoint(Inside inside, Merchant merchant, PaymentDesk desk, ConfirmationDesk confirmations,
            RequestFaults faults, Version version) {
        this.inside = inside;
        this.merchant = merchant;
        this.desk = desk;
        this.confirmations = confirmations;
        this.faults = faults;
        this.version = version;
        this.refusal = new C2bRefusal(inside.answers());
    }

    void handle(Exchange exchange) {
        inside.counters().increment(C2bCounts.SIMULATIONS);
        Simulation simulation;
        AnswerPlan plan;
        try {
            faults.checkToken(exchange);
            simulation = read(inside.fields(exchange, FIRST_FIELD, refusal));
            plan = faults.begin(exchange);
            check(simulation);
        } catch (Refused refused) {
            inside.counters().increment(C2bCounts.REFUSED);
            throw refused;
        }
        inside.counters().increment(C2bCounts.ACCEPTED);
        Answer answer = inside.answers().ok(acknowledgement());
        begin(simulation).onComplete(any -> faults.answer(exchange, plan, answer));
    }

    /** Completes at once unless the confirmation is to come before the answer. */
    private Future<?> begin(Simulation simulation) {
        if (confirmations.beforeAnswer(simulation.phone())) {
            return pay(simulation).compose(payment -> payment.paid()
                    ? confirmations.delivered(payment.receipt()).mapEmpty()
                    : Future.succeededFuture());
        }
        inside.clock().schedule(inside.settings().answerDelay(), () -> pay(simulation));
        return Future.succeededFuture();
    }

    private Future<PhonePayment> pay(Simulation simulation) {
        return desk.pay(simulation.phone(), simulation.shortCode(), simulation.reference(), simulation.amount());
    }

    private Simulation read(Fields fields) {
        String shortCode = fields.required(FIRST_FIELD, Type.NUMBER, Formats::isShortCode);
        String command = fields.required("CommandID", Type.TEXT,
                text -> PAY_BILL.equals(text) || BUY_GOODS.equals(text));
        String amount = fields.required("Amount", Type.NUMBER,
                text -> Formats.isAmount(text, 1, PaymentDesk.HIGHEST_AMOUNT));
        String phone = fields.required("Msisdn", Type.NUMBER, Formats::isPhone);
        boolean payBill = PAY_BILL.equals(command);
        String reference = payBill
                ? fields.required("BillRefNumber", Type.TEXT, SimulateEndpoint::isReference)
                : fields.optional("BillRefNumber", SimulateEndpoint::isReference);
        return new Simulation(shortCode, payBill, Long.parseLong(amount), phone, reference);
    }

    private void check(Simulation simulation) {
        if (!merchant.owns(simulation.shortCode())) {
            throw new Refused(refusal.foreignShortCode());
        }
        if (simulation.payBill() == merchant.isTill(simulation.shortCode())) {
            throw new Refused(refusal.invalid("CommandID"));
        }
    }

    private ObjectNode acknowledgement() {
        ObjectNode body = inside.json().object();
        if (version == Version.V1) {
            body.put("ConversationID", inside.ids().conversation());
            body.put("OriginatorCoversationID", inside.ids().oldConversation());
        } else {
            body.put("OriginatorCoversationID", inside.ids().originatorConversation());
            body.put("ResponseCode", "0");
        }
        return body.put("ResponseDescription", "Accept the service request successfully.");
    }

    private static boolean isReference(String text) {
        return text.length() <= PaymentDesk.LONGEST_REFERENCE;
    }
}
