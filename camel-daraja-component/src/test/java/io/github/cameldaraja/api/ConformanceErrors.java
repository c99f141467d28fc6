package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.ConformanceRow.error;
import static io.github.cameldaraja.api.ErrorKind.AUTHENTICATION;
import static io.github.cameldaraja.api.ErrorKind.REQUEST;
import static io.github.cameldaraja.api.ErrorKind.THROTTLED;
import static io.github.cameldaraja.api.ErrorKind.TOKEN;
import static io.github.cameldaraja.api.ErrorKind.UNKNOWN;
import static io.github.cameldaraja.api.ResultCategory.CONFIGURATION;
import static io.github.cameldaraja.api.ResultCategory.CUSTOMER;
import static io.github.cameldaraja.api.ResultCategory.MERCHANT;
import static io.github.cameldaraja.api.ResultCategory.PENDING;
import static io.github.cameldaraja.api.ResultCategory.SYSTEM;
import static io.github.cameldaraja.api.Retry.FIX;
import static io.github.cameldaraja.api.Retry.QUERY;
import static io.github.cameldaraja.api.Retry.WAIT;

import java.util.List;

/** What is refused at once, against section 7.2 of the reference. */
final class ConformanceErrors {

    private ConformanceErrors() {
    }

    static List<ConformanceRow> rows() {
        return List.of(
                usual("oauth.error.invalid-credentials", null, 400, AUTHENTICATION, MERCHANT, FIX, "error/oauth-credentials"),
                usual("oauth.error.invalid-grant-type", null, 400, AUTHENTICATION, MERCHANT, FIX, "error/oauth-grant-type"),
                usual("error.400.002.02", new StkPush(), 400, REQUEST, MERCHANT, FIX, "error/field"),
                usual("error.400.002.02.invalid-transaction-id", new Reversal(), 400, REQUEST, MERCHANT, FIX, "error/field"),
                usual("error.400.002.05.invalid-request-payload", new C2bRegister(), 400, REQUEST, MERCHANT, FIX,
                        "error/payload"),
                usual("error.400.003.01.invalid-access-token", new C2bRegister(), 400, TOKEN, MERCHANT, Retry.TOKEN,
                        "error/token-c2b"),
                usual("error.400.003.02.bad-request", new C2bRegister(), 400, REQUEST, MERCHANT, FIX, "error/bad-request"),
                usual("error.401.002.01.invalid-access-token", new AccountBalance(), 401, TOKEN, MERCHANT, Retry.TOKEN,
                        "error/token-echoed"),
                fault("error.401.apiproduct.apigee", new StkPush(), 401, TOKEN, CONFIGURATION, Retry.TOKEN,
                        "error/product-fault"),
                usual("error.404.001.01.resource-not-found", new StkPush(), 404, REQUEST, MERCHANT, FIX, "error/path"),
                usual("error.404.001.03.invalid-access-token", new StkPush(), 404, TOKEN, MERCHANT, Retry.TOKEN,
                        "error/token-stk"),
                usual("error.404.001.04.invalid-authentication-header", new TransactionStatus(), 404, REQUEST, MERCHANT, FIX,
                        "error/header"),
                usual("error.405.001.method-not-allowed", new B2b(), 405, REQUEST, MERCHANT, FIX, "error/method"),
                fault("error.429.spike-arrest.apigee", new StkQuery(), 429, THROTTLED, SYSTEM, WAIT,
                        "error/spike-arrest-fault"),
                usual("error.500.001.1001.merchant-does-not-exist", new StkPush(), 500, REQUEST, MERCHANT, FIX,
                        "error/merchant"),
                usual("error.500.001.1001.wrong-credentials", new StkPush(), 500, AUTHENTICATION, MERCHANT, FIX,
                        "error/credentials"),
                usual("error.500.001.1001.unable-to-lock-subscriber", new StkPush(), 500, THROTTLED, CUSTOMER, WAIT,
                        "error/lock"),
                usual("stk-query.error.being-processed", new StkQuery(), 500, UNKNOWN, PENDING, WAIT, "error/being-processed"),
                usual("stk-query.error.being-processed", new StkQuery(), 200, UNKNOWN, PENDING, WAIT, "error/being-processed"),
                // the first one with that id has arrived: ask, do not send another
                usual("error.500.002.1001.duplicate-originator-conversation-id", new B2c(), 500, REQUEST, MERCHANT, QUERY,
                        "error/duplicate"),
                usual("error.500.002.1001.duplicate-originator-conversation-id", new B2Pochi(), 500, REQUEST, MERCHANT, QUERY,
                        "error/duplicate"),
                usual("error.500.003.02.spike-arrest", new B2b(), 500, THROTTLED, SYSTEM, WAIT, "error/spike-arrest"),
                usual("error.500.003.02.system-busy", new StkPush(), 500, THROTTLED, SYSTEM, WAIT, "error/busy"),
                usual("error.500.003.03.quota", new StkPush(), 500, THROTTLED, SYSTEM, WAIT, "error/quota"),
                usual("error.500.003.1001.internal", new B2b(), 500, UNKNOWN, SYSTEM, QUERY, "error/internal"),
                usual("error.500.003.1001.urls-already-registered", new C2bRegister(), 500, REQUEST, CONFIGURATION, FIX,
                        "c2bRegister/error-registered"),
                usual(null, new C2bRegister(), 500, REQUEST, CONFIGURATION, FIX, "c2bRegister/error-aggregator"),
                usual("bill.error.401", new BillInvoice(), 401, TOKEN, MERCHANT, Retry.TOKEN, "error/bill-manager"),
                refusal("bill-cancel.error", new BillCancel(), "rescode", "Status_Message", "billCancel/refusal"),
                refusal("bill-cancel.error", new BillCancelAll(), "rescode", "Status_Message", "billCancel/refusal"),
                refusal(null, new BillOptIn(), "rescode", "resmsg", "billOptIn/refusal"),
                refusal("b2c-hakikisha.error", new CustomerName(), "header.status", "body.message",
                        "customerName/response-unknown"),
                refusal(null, new OrganizationInfo(), "ResponseCode", "DetailedMessage", "organizationInfo/response-unknown"));
    }

    private static ConformanceRow usual(String published, RequestApi api, int http, ErrorKind kind, ResultCategory category,
                                        Retry retry, String own) {
        return row(published, api, http, kind, category, retry, own)
                .tells("errorCode", "errorCode", "errorMessage", "errorMessage", "requestId", "requestId");
    }

    private static ConformanceRow fault(String published, RequestApi api, int http, ErrorKind kind, ResultCategory category,
                                        Retry retry, String own) {
        return row(published, api, http, kind, category, retry, own)
                .tells("errorCode", "fault.detail.errorcode", "errorMessage", "fault.faultstring");
    }

    private static ConformanceRow row(String published, RequestApi api, int http, ErrorKind kind, ResultCategory category,
                                      Retry retry, String own) {
        return error(published, api, new ConformanceRow.Judgement(api == null ? null : api.name(), http, kind, category, retry,
                false), own);
    }

    // HTTP 200, and not the code of success
    private static ConformanceRow refusal(String published, RequestApi api, String code, String text, String own) {
        return error(published, api, new ConformanceRow.Judgement(api.name(), 200, REQUEST, null, null, true), own)
                .tells("code", code, "text", text);
    }
}
