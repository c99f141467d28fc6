package io.github.cameldaraja.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Bonga;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.ErrorKind;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.SuccessRule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in the envelopes of the flat and the header-and-body families, and what callers learn of them. */
class EnvelopeFamiliesTest extends GatewayTestSupport {

    private static final String BILLS = "/v1/billmanager-invoice/cancel-single-invoice";
    private static final String APP_KEY = "planted-app-key-0815";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
        "409 | {'Status_Message':'paid invoices cannot be cancelled','resmsg':'Conflict','rescode':'409'} | 409 | paid invoices cannot be cancelled | - | REQUEST",
        "400 | {'rescode':'400','resmsg':'bad phone'}                                             | 400  | bad phone    | -   | REQUEST",
        "400 | {'header':{'requestID':'r-1','status':'400','message':'Error'},'body':{'message':'no such customer'}} | 400 | no such customer | r-1 | REQUEST",
        "400 | {'header':{'requestID':'r-1','status':'400','message':'Error'}}                    | 400  | Error        | r-1 | REQUEST",
        "400 | {'header':{'requestRefId':'r-2','responseCode':400,'responseMessage':'Kindly use your own vpnGroup'},'body':null} | 400 | Kindly use your own vpnGroup | r-2 | REQUEST",
        "500 | {'header':{'responseCode':500,'customerMessage':'Sorry'}}                          | 500  | Sorry        | -   | UNKNOWN",
        "400 | {'requestRefID':'r-3','responseCode':'404','responseDesc':'not found'}             | 404  | not found    | r-3 | REQUEST",
        "400 | {'ResponseHeader':{'responseRefID':'r-4','responseCode':'400','responseDescription':'no'}} | 400 | no     | r-4 | REQUEST",
        "401 | {'responseHeader':{'responseCode':'401','responseDescription':'Invalid Access Token'}} | 401 | Invalid Access Token | - | TOKEN",
        "200 | {'header':{'responseCode':401,'responseMessage':'Invalid access token'}}           | 401  | Invalid access token | - | TOKEN",
        "400 | {'code':'1001','status':'USSD failed'}                                             | 1001 | USSD failed  | -   | REQUEST",
        "503 | {'ConversationID':'c-1','ResponseMessage':'Service unavailable'}                   | -    | Service unavailable | c-1 | UNKNOWN"})
    void envelopes(int status, String body, String code, String text, String requestId, ErrorKind kind) {
        ErrorEnvelope error = ErrorEnvelope.read(answer(status, body));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.text()).isEqualTo(text);
        assertThat(error.requestId()).isEqualTo(requestId);
        assertThat(error.isForeign()).isFalse();
        assertThat(ErrorRules.find(status, error).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'header':{'responseCode':200,'responseMessage':'Message queued'},'body':{'message':'Invalid access token'}}",
        "{'header':{'status':'200','message':'Success'},'body':{'message':'Invalid access token'}}",
        "{'responseCode':'200','responseDesc':'Success'}", "{'code':'0','status':'USSD Initiated Successfully'}",
        "{'ResponseHeader':{'responseCode':'200'}}", "{'rescode':'409','resmsg':'Conflict'}"})
    void theSuccessRuleDecidesOfTheRest(String body) {
        assertThat(ErrorEnvelope.read(answer(200, body))).isNull();
    }

    @Test
    void doubtAboutPointsIsDoubt() {
        stub.usually(BILLS, StubServer.json(200, "{\"header\":{\"responseCode\":6004,\"responseMessage\":\"server\"}}"));
        SuccessRule rule = new Bonga().success();

        DarajaException failure = failure(gateway.send(request("bonga", true, rule, Map.of())));

        assertThat(failure).isInstanceOf(DarajaOutcomeUnknownException.class);
        assertThat(failure.getErrorCode()).isEqualTo("6004");
        assertThat(failure.getCategory()).isEqualTo(ResultCategory.SYSTEM);
        assertThat(failure.isRetriable()).isFalse();
        assertThat(failure(gateway.send(request("bonga", false, rule, Map.of()))).isRetriable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "400 | {'errorCode':'400.002.02','errorMessage':'Bad Request - Invalid Amount'} | MERCHANT | false",
        "429 | {'fault':{'faultstring':'Spike arrest','detail':{'errorcode':'policies.ratelimit.SpikeArrestViolation'}}} | SYSTEM | true",
        "500 | {'errorCode':'500.001.1001','errorMessage':'Unable to lock subscriber, a'} | CUSTOMER | true",
        "500 | {'errorCode':'500.003.1001','errorMessage':'Internal Server Error'} | SYSTEM | false",
        "401 | {'fault':{'faultstring':'Invalid API call as no apiproduct match found'}} | CONFIGURATION | false",
        "401 | {'errorCode':'401.002.01','errorMessage':'Invalid Access Token'} | MERCHANT | false"})
    void exceptionsSayWhoseMatterItIs(int status, String body, ResultCategory category, boolean retriable) {
        stub.usually(PUSH, StubServer.json(status, body.replace('\'', '"')));

        DarajaException failure = failure(gateway.send(push()));

        assertThat(failure.getCategory()).isEqualTo(category);
        assertThat(failure.isRetriable()).isEqualTo(retriable);
        assertThat(failure.getDetails().category()).isEqualTo(category);
    }

    @Test
    void theOperationIsPartOfTheMeaning() {
        String body = "{\"fault\":{\"faultstring\":\"Failed to execute the ExtractVariables: x\"}}";
        stub.usually(BILLS, StubServer.json(500, body));

        assertThat(failure(gateway.send(request("iotSim", true, SuccessRule.ANY_OBJECT, Map.of()))))
                .isInstanceOf(DarajaRequestException.class);
        assertThat(failure(gateway.send(request("invoke", true, SuccessRule.ANY_OBJECT, Map.of()))))
                .isInstanceOf(DarajaOutcomeUnknownException.class);
    }

    @Test
    void busyInAHeaderIsBusy() {
        stub.usually(BILLS, StubServer.json(200, "{\"header\":{\"responseCode\":429}}"));

        assertThat(failure(gateway.send(request("iotSim", false, SuccessRule.code("header.responseCode", "x", "200"), Map.of()))))
                .isInstanceOf(DarajaThrottledException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500, 503})
    void headersAreNotEchoed(int status) {
        stub.usually(BILLS, StubServer.json(status, "{\"requestId\":\"" + APP_KEY + "\",\"errorCode\":\"x" + APP_KEY
                + "\",\"errorMessage\":\"key " + APP_KEY + " is wrong\"}"));
        GatewayRequest request = request("billCancel", false, SuccessRule.ANY_OBJECT, Map.of("app_key", APP_KEY));

        DarajaException failure = failure(gateway.send(request));

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace + failure.getErrorCode() + failure.getRequestId() + request).doesNotContain(APP_KEY);
        assertThat(stub.requests(BILLS).get(0).header("app_key")).isEqualTo(APP_KEY);
    }

    @Test
    void queriesAreNotShown() {
        assertThat(new GatewayRequest("invoke", account, "/v1/x?msisdn=254719000123", new byte[0], true, SuccessRule.ANY_OBJECT)
                .toString()).contains("/v1/x").doesNotContain("254719000123");
    }

    private GatewayRequest request(String operation, boolean movesMoney, SuccessRule rule, Map<String, String> headers) {
        return new GatewayRequest(operation, account, BILLS, "{}".getBytes(StandardCharsets.UTF_8), movesMoney, rule, headers);
    }

    private static TransportAnswer answer(int status, String body) {
        return new TransportAnswer(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
