package io.github.cameldaraja.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The bad answers that Daraja and the machines before it give.
 */
public final class Answers {

    private static final String WRONG_STATE = "500.001.1001";

    private final Json json;
    private final Ids ids;

    public Answers(Json json, Ids ids) {
        this.json = json;
        this.ids = ids;
    }

    /** The usual envelope: requestId, errorCode, errorMessage. */
    public Answer error(int status, String code, String message) {
        ObjectNode body = json.object();
        body.put("requestId", ids.request());
        body.put("errorCode", code);
        body.put("errorMessage", message);
        return Answer.json(status, json.write(body));
    }

    /** The envelope without requestId. */
    public Answer errorWithoutId(int status, String code, String message) {
        ObjectNode body = json.object();
        body.put("errorCode", code);
        body.put("errorMessage", message);
        return Answer.json(status, json.write(body));
    }

    /** A good answer. */
    public Answer ok(ObjectNode body) {
        return Answer.json(200, json.write(body));
    }

    /** 400.002.02 that names the field, as most families refuse. */
    public Answer invalidField(String field) {
        return error(400, "400.002.02", "Bad Request - Invalid " + field);
    }

    /** How most families refuse bad bodies: 400.002.02 and 400.002.05. */
    public FieldRefusal fieldRefusal() {
        return new FieldRefusal() {
            @Override
            public Answer invalid(String field) {
                return invalidField(field);
            }

            @Override
            public Answer unreadable() {
                return error(400, "400.002.05", "Invalid Request Payload");
            }
        };
    }

    /** 500.001.1001, which covers many situations. */
    public Answer wrongState(String message) {
        return error(500, WRONG_STATE, message);
    }

    /** How STK refuses a token. */
    public Answer invalidToken() {
        return error(404, "404.001.03", "Invalid Access Token");
    }

    /** The gateway's own envelope. */
    public Answer fault(int status, String text, String code) {
        ObjectNode body = json.object();
        ObjectNode fault = body.putObject("fault");
        fault.put("faultstring", text);
        fault.putObject("detail").put("errorcode", code);
        return Answer.json(status, json.write(body));
    }

    /** The gateway's rate limit, HTTP 429. */
    public Answer spikeArrest() {
        return fault(429, "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, "
                + "periodInMicroseconds=60000000, maxBurstMessageCount=1.0}", "policies.ratelimit.SpikeArrestViolation");
    }

    /** The web application firewall's page. */
    public Answer firewall() {
        return Answer.html(503, "<html style=\"height:100%\"><head><META NAME=\"ROBOTS\" CONTENT=\"NOINDEX, NOFOLLOW\">"
                + "</head><body style=\"margin:0px;height:100%\"><iframe id=\"main-iframe\" width=\"100%\" height=\"100%\">"
                + "Request unsuccessful. Incapsula incident ID: 1024000370012345678-90123456789012345"
                + "</iframe></body></html>");
    }

    /** The answer to a request whose script wants another than the normal one; null for the normal one. */
    public Answer scripted(AnswerPlan plan) {
        return switch (plan.kind()) {
            case NORMAL -> null;
            case RESET_BEFORE, RESET_AFTER -> Answer.RESET;
            case ERROR_BEFORE -> error(plan.status(), plan.code(), plan.message());
            case ERROR_AFTER -> error(500, "500.003.1001", "Internal Server Error");
            case ERROR_WITH_200 -> error(200, "500.003.02", "System is busy. Please try again in few minutes.");
            case HTML_503 -> firewall();
            case HTML_503_AFTER -> Answer.html(503, "<html><head><title>503 Service Unavailable</title></head>"
                    + "<body><h1>503 Service Unavailable</h1></body></html>");
            case EMPTY_401 -> Answer.empty(401);
            case EMPTY_BODY -> Answer.empty(200);
            case SPIKE_ARREST -> spikeArrest();
            case REVOKED_TOKEN -> invalidToken();
            case API_PRODUCT -> fault(401, "Invalid API call as no apiproduct match found",
                    "keymanagement.service.InvalidAPICallAsNoApiProductMatchFound");
            case SOAP_FAULT -> soapFault();
        };
    }

    private Answer soapFault() {
        ObjectNode body = json.object();
        body.putObject("Envelope").putObject("Body").putObject("Fault")
                .put("faultstring", "Policy Falsified");
        return Answer.json(500, json.write(body));
    }
}
