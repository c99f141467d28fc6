package io.github.cameldaraja.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The bad answers that Daraja and the machines before it give.
 */
final class Answers {

    private static final String WRONG_STATE = "500.001.1001";

    private final Json json;
    private final Ids ids;

    Answers(Json json, Ids ids) {
        this.json = json;
        this.ids = ids;
    }

    /** The usual envelope: requestId, errorCode, errorMessage. */
    Answer error(int status, String code, String message) {
        ObjectNode body = json.object();
        body.put("requestId", ids.request());
        body.put("errorCode", code);
        body.put("errorMessage", message);
        return Answer.json(status, json.write(body));
    }

    Answer invalidField(String field) {
        return error(400, "400.002.02", "Bad Request - Invalid " + field);
    }

    Answer wrongState(String message) {
        return error(500, WRONG_STATE, message);
    }

    Answer invalidToken() {
        return error(404, "404.001.03", "Invalid Access Token");
    }

    /** The gateway's own envelope. */
    Answer fault(int status, String text, String code) {
        ObjectNode body = json.object();
        ObjectNode fault = body.putObject("fault");
        fault.put("faultstring", text);
        fault.putObject("detail").put("errorcode", code);
        return Answer.json(status, json.write(body));
    }

    Answer spikeArrest() {
        return fault(429, "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, "
                + "periodInMicroseconds=60000000, maxBurstMessageCount=1.0}", "policies.ratelimit.SpikeArrestViolation");
    }

    /** The web application firewall's page. */
    Answer firewall() {
        return Answer.html(503, "<html style=\"height:100%\"><head><META NAME=\"ROBOTS\" CONTENT=\"NOINDEX, NOFOLLOW\">"
                + "</head><body style=\"margin:0px;height:100%\"><iframe id=\"main-iframe\" width=\"100%\" height=\"100%\">"
                + "Request unsuccessful. Incapsula incident ID: 1024000370012345678-90123456789012345"
                + "</iframe></body></html>");
    }

    /** The answer to a push whose script wants another than the normal one; null for the normal one. */
    Answer scripted(AnswerPlan plan) {
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
