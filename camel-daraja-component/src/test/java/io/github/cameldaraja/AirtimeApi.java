package io.github.cameldaraja;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.ResultCode;
import io.github.cameldaraja.api.ResultCodes;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.SuccessRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** An API that Safaricom does not have: all that the component would need to know of one more. */
final class AirtimeApi implements PaymentApi {

    record Request(String phoneNumber, BigDecimal amount) {
    }

    private static final ResultCodes CODES = ResultCodes.of(
            new ResultCode("OK", PaymentStatus.COMPLETED, ResultCategory.SUCCESS, false, "topped up"),
            new ResultCode("NO", PaymentStatus.FAILED, ResultCategory.CUSTOMER, true, "no such number"));

    private final boolean paysOut;

    AirtimeApi() {
        this(false);
    }

    /**
     * @param paysOut whether our own money leaves with it
     */
    AirtimeApi(boolean paysOut) {
        this.paysOut = paysOut;
    }

    @Override
    public boolean paysOut() {
        return paysOut;
    }

    @Override
    public String name() {
        return "airtime";
    }

    @Override
    public String path(Fields fields) {
        return "/airtime/v9/topup";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.phone("Nummber").called("phoneNumber").asRequired(), Field.shillings("Amount", 5, 100).asRequired());
    }

    @Override
    public Set<String> owned() {
        return Set.of("TellMe", "Shop");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.CALLBACKS);
    }

    @Override
    public JsonNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode().put("Shop", owned.merchant().shortCode()).put("Nummber", fields.get("Nummber"))
                .put("Amount", Integer.parseInt(fields.get("Amount"))).put("TellMe", owned.resultUrl());
    }

    @Override
    public SuccessRule success() {
        return SuccessRule.code("meta.state", "meta.text", "queued");
    }

    @Override
    public String customer(Fields fields) {
        return fields.get("Nummber");
    }

    @Override
    public String accountReferenceField() {
        return null;
    }

    @Override
    public Duration patience() {
        return Duration.ofHours(1);
    }

    @Override
    public ResultCodes resultCodes() {
        return CODES;
    }

    @Override
    public Acknowledgement acknowledgement(JsonObject answer) {
        return new Acknowledgement(name(), null, null, PaymentStatus.PENDING, answer.textAt("meta.state"), null, null, null,
                answer.text("ticket"), null, null);
    }

    @Override
    public Outcome.Builder callback(JsonObject message) {
        String code = message.text("verdict");
        return code == null ? null : Outcome.builder().code(CODES.ofCallback(code)).conversationId(message.text("ticket"))
                .receiptNumber(message.text("slip")).source(Source.CALLBACK).details(message.toMap());
    }
}
