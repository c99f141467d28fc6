package io.github.cameldaraja.gateway;

import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a refusal says of itself, whichever of its many envelopes it came in: the gateway's own, Apigee's fault, a SOAP fault as
 * JSON, a description alone, a page of the firewall, or nothing at all. Texts are as received, <strong>not redacted</strong>.
 *
 * @param form      the envelope
 * @param code      Daraja's or Apigee's code, or null
 * @param text      Daraja's or Apigee's text, or what a page says; null if there is none
 * @param requestId for support cases, or null
 */
record ErrorEnvelope(Form form, String code, String text, String requestId) {

    /** The kind of envelope. */
    enum Form { JSON, NOT_JSON, EMPTY }

    private static final int PAGE_LENGTH = 4096;
    private static final Pattern INVISIBLE = Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1\\s*>|<[^>]*>");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /**
     * Reads an answer.
     *
     * @return null only for an answer with HTTP 2xx that holds a JSON object and is no error
     */
    static ErrorEnvelope read(TransportAnswer answer) {
        if (answer.body().length == 0) {
            return new ErrorEnvelope(Form.EMPTY, null, null, null);
        }
        JsonObject json = Json.readObject(answer.body());
        if (json == null) {
            return new ErrorEnvelope(Form.NOT_JSON, null, page(answer.body()), null);
        }
        ErrorEnvelope envelope = read(json);
        return isSuccess(answer.status()) && !envelope.isErrorDespiteOk(json) ? null : envelope;
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static ErrorEnvelope read(JsonObject json) {
        JsonObject fault = json.object("fault");
        JsonObject soapFault = json.object("Envelope").object("Body").object("Fault");
        return new ErrorEnvelope(Form.JSON,
                first(json.text("errorCode"), fault.object("detail").text("errorcode"), soapFault.text("faultcode"),
                        json.text("ResponseCode"), json.text("rescode")),
                first(json.text("errorMessage"), fault.text("faultstring"), soapFault.text("faultstring"),
                        json.text("ResponseDescription"), json.text("ResponseMessage"), json.text("resmsg"),
                        json.text("fault"), json.text("error"), json.text("message")),
                first(json.text("requestId"), json.text("ResponseRefID")));
    }

    private boolean isErrorDespiteOk(JsonObject json) {
        String errorCode = json.text("errorCode");
        return errorCode != null && !errorCode.matches("0+")
                || errorCode == null && json.text("errorMessage") != null
                || json.has("fault")
                || json.object("Envelope").object("Body").has("Fault")
                || text != null && TokenErrors.isInvalidToken(text) && (code == null || !code.matches("0+"));
    }

    /** Whether there is nothing in it that Daraja itself would have said. */
    boolean isForeign() {
        return form != Form.JSON || code == null && text == null;
    }

    private static String first(String... values) {
        for (String value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    // the words of a page, without its tags
    private static String page(byte[] body) {
        String page = new String(body, 0, Math.min(body.length, PAGE_LENGTH), StandardCharsets.UTF_8);
        return BLANKS.matcher(INVISIBLE.matcher(page).replaceAll(" ")).replaceAll(" ").trim();
    }

    @Override
    public String toString() {
        // the text may hold a token
        return "ErrorEnvelope[" + form + ", " + code + "]";
    }
}
