package io.github.cameldaraja.simulator.bonga;

import java.math.BigDecimal;

import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.family.RequestFaults;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Fields.Type;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * POST /v1/lipa/na/bonga/redeem-paybill.
 */
final class RedeemEndpoint {

    private static final String FIRST_FIELD = "msisdn";
    private static final long HIGHEST_AMOUNT = 250_000;
    private static final int LONGEST_REFERENCE = 20;

    private final Inside inside;
    private final Merchant merchant;
    private final RedemptionDesk desk;
    private final RequestFaults faults;
    private final BongaAnswers answers;

    RedeemEndpoint(Inside inside, Merchant merchant, RedemptionDesk desk, RequestFaults faults,
            BongaAnswers answers) {
        this.inside = inside;
        this.merchant = merchant;
        this.desk = desk;
        this.faults = faults;
        this.answers = answers;
    }

    void handle(Exchange exchange) {
        inside.counters().increment(BongaCounts.REDEMPTIONS);
        Redemption redemption;
        AnswerPlan plan;
        String code;
        try {
            faults.checkToken(exchange);
            redemption = read(inside.fields(exchange, FIRST_FIELD, answers));
            plan = faults.begin(exchange);
            code = desk.nextCode();
            check(redemption, code);
        } catch (Refused refused) {
            inside.counters().increment(BongaCounts.REFUSED);
            throw refused;
        }
        inside.counters().increment(BongaCounts.ACCEPTED);
        desk.begin(redemption, code);
        faults.answer(exchange, plan, answers.answer(BongaAnswers.OK, BongaAnswers.OK, "Operation Successfully.",
                "Dear customer, your request was processed successfully", null));
    }

    private void check(Redemption redemption, String code) {
        if (RedemptionDesk.refusesAtOnce(code)) {
            throw new Refused(answers.refusal(Integer.parseInt(code)));
        }
        if (!merchant.owns(redemption.shortCode())) {
            throw new Refused(answers.refusal(BongaAnswers.FAILED));
        }
    }

    private Redemption read(Fields fields) {
        String phone = fields.required(FIRST_FIELD, Type.TEXT, Formats::isPhone);
        String amount = fields.required("amount", Type.NUMBER, text -> Formats.isAmount(text, 1, HIGHEST_AMOUNT));
        String points = fields.required("bongaPoints", Type.NUMBER,
                text -> Formats.isAmount(text, 1, Integer.MAX_VALUE));
        fields.required("conversionRate", Type.NUMBER, RedeemEndpoint::isRate);
        String shortCode = fields.required("shortCode", Type.TEXT, Formats::isShortCode);
        String account = merchant.isTill(shortCode)
                ? fields.optional("accountNumber", RedeemEndpoint::isReference)
                : fields.required("accountNumber", Type.TEXT, RedeemEndpoint::isReference);
        return new Redemption(phone, Long.parseLong(amount), Long.parseLong(points), shortCode, account);
    }

    private static boolean isRate(String text) {
        try {
            return new BigDecimal(text).signum() > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isReference(String text) {
        return text.length() <= LONGEST_REFERENCE;
    }
}
