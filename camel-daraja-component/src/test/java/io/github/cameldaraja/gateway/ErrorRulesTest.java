package io.github.cameldaraja.gateway;

import static io.github.cameldaraja.api.ErrorKind.AUTHENTICATION;
import static io.github.cameldaraja.api.ErrorKind.REQUEST;
import static io.github.cameldaraja.api.ErrorKind.THROTTLED;
import static io.github.cameldaraja.api.ErrorKind.TOKEN;
import static io.github.cameldaraja.api.ErrorKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.ErrorKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorRulesTest {

    @ParameterizedTest(name = "HTTP {0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', value = {
        "400 | 400.008.01   | Invalid Authentication passed                          | AUTHENTICATION",
        "400 | 400.008.02   | Invalid grant type passed                              | AUTHENTICATION",
        "400 | 400.002.02   | Bad Request - Invalid PhoneNumber                      | REQUEST",
        "400 | 400.002.05   | Invalid Request Payload                                | REQUEST",
        "400 | 400.003.01   | Invalid Access Token                                   | TOKEN",
        "400 | 400.003.02   | Bad Request - Kindly use your own ShortCode            | REQUEST",
        "400 | 400.001      | Invalid ShortCode                                      | REQUEST",
        "401 | 401.001      | Invalid Access Token                                   | TOKEN",
        "401 | 401.002.01   | Error Occurred - Invalid Access Token - abc            | TOKEN",
        "401 | 401.003.01   | Error Occurred - Invalid Access Token - abc            | TOKEN",
        "401 | 401.777      | something                                              | AUTHENTICATION",
        "404 | 404.001.03   | Invalid Access Token                                   | TOKEN",
        "404 | 404.001.04   | Invalid Authentication Header                          | REQUEST",
        "404 | 404.001.01   | Resource not found                                     | REQUEST",
        "404 | 404.002.01   | Resource not found                                     | REQUEST",
        "404 | 404.003.01   | Resource not found                                     | REQUEST",
        "405 | 405.001      | GET Method Not Allowed                                 | REQUEST",
        "406 | 406          | no                                                     | REQUEST",
        "500 | 500.001.1001 | Merchant does not exist                                | REQUEST",
        "500 | 500.001.1001 | Wrong credentials                                      | AUTHENTICATION",
        "200 | 500.001.1001 | Wrong credentials                                      | AUTHENTICATION",
        "500 | 500.001.1001 | [MerchantValidate] - Wrong credentials                 | AUTHENTICATION",
        "500 | 500.001.1001 | Unable to lock subscriber, a transaction is already ...| THROTTLED",
        "500 | 500.001.1001 | The transaction is being processed                     | UNKNOWN",
        "400 | 500.001.1001 | The transaction is being processed                     | UNKNOWN",
        "500 | 500.001.1001 | The transaction does not Exist                         | UNKNOWN",
        "200 | 500.001.1001 | ''                                                     | UNKNOWN",
        "500 | 500.001.1001 | Internal Server Error                                  | UNKNOWN",
        "500 | 500.002.1001 | Duplicate OriginatorConversationID.                    | REQUEST",
        "500 | 500.002.1001 | System internal error.                                 | UNKNOWN",
        "500 | 500.002.1001 | Service is currently under maintenance. Please try ... | THROTTLED",
        "500 | 00.002.1001  | Service is currently under maintenance. Please try ... | THROTTLED",
        "500 | 500.003.02   | Error Occurred: Spike Arrest Violation                 | THROTTLED",
        "503 | 500.003.02   | System is busy. Please try again in few minutes.       | THROTTLED",
        "200 | 500.003.02   | System is busy. Please try again in few minutes.       | THROTTLED",
        "500 | 500.003.03   | Quota Violation                                        | THROTTLED",
        "500 | 500.003.1001 | Internal Server Error                                  | UNKNOWN",
        "500 | 500.003.1001 | Urls are already registered.                           | REQUEST",
        "500 | 500.003.1001 | Duplicate notification info, SP ID is 107031           | REQUEST",
        "400 | 400.777.77   | never seen                                             | REQUEST",
        "409 | 409.1        | never seen                                             | REQUEST",
        "400 | 500.777.77   | never seen                                             | UNKNOWN",
        "500 | 500.777.77   | never seen                                             | UNKNOWN",
        "200 | 777          | never seen                                             | UNKNOWN",
        "200 | 400.002.02   | Bad Request - Invalid Amount                           | REQUEST",
        "429 | 777          | never seen                                             | THROTTLED",
        "408 | 777          | never seen                                             | UNKNOWN",
        "425 | 777          | never seen                                             | UNKNOWN",
        // a refused token is refused before processing; what an inner system says with a 5xx is not so sure
        "500 | 500.777.77   | upstream: Invalid Access Token                         | UNKNOWN"})
    void daraja(int status, String code, String text, ErrorKind kind) {
        assertThat(kind(status, "{\"requestId\":\"1\",\"errorCode\":\"" + code + "\",\"errorMessage\":\"" + text + "\"}"))
                .isEqualTo(kind);
    }

    @ParameterizedTest(name = "HTTP {0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // Apigee
        "429 | {'fault':{'faultstring':'Spike arrest violation. Allowed','detail':{'errorcode':'policies.ratelimit.SpikeArrestViolation'}}} | THROTTLED",
        "500 | {'fault':{'faultstring':'Quota','detail':{'errorcode':'policies.ratelimit.QuotaViolation'}}}              | THROTTLED",
        "401 | {'fault':{'faultstring':'Invalid API call as no apiproduct match found','detail':{'errorcode':'x'}}}      | TOKEN",
        "401 | {'fault':{'faultstring':'Expired','detail':{'errorcode':'keymanagement.service.access_token_expired'}}}   | TOKEN",
        "401 | {'fault':{'faultstring':'Bad','detail':{'errorcode':'steps.oauth.v2.InvalidAccessToken'}}}                | TOKEN",
        "503 | {'fault':{'faultstring':'The Service is temporarily unavailable','detail':{'errorcode':'messaging.adaptors.http.flow.ServiceUnavailable'}}} | UNKNOWN",
        "504 | {'fault':{'faultstring':'Gateway Timeout','detail':{'errorcode':'messaging.adaptors.http.flow.GatewayTimeout'}}} | UNKNOWN",
        "200 | {'fault':{'faultstring':'x'}}                                                                             | UNKNOWN",
        // SOAP fault as JSON
        "500 | {'Envelope':{'Body':{'Fault':{'faultcode':'env:Server','faultstring':'Internal Error'}}}}                 | UNKNOWN",
        "200 | {'Envelope':{'Body':{'Fault':{'faultstring':'Internal Error'}}}}                                          | UNKNOWN",
        "400 | {'Envelope':{'Body':{'Fault':{'faultstring':'Policy Falsified'}}}}                                        | REQUEST",
        // Bill Manager, the old query, descriptions
        "401 | {'errorCode':'401','errorMessage':'Unauthorized - Invalid Access Token'}                                  | TOKEN",
        "404 | {'errorCode':'01','errorMessage':'No transaction found'}                                                  | UNKNOWN",
        "401 | {'ResponseDescription':'Invalid Access Token - Invalid API call as no apiproduct match found'}            | TOKEN",
        "200 | {'ResponseDescription':'Invalid Access Token'}                                                            | TOKEN",
        "400 | {'ResponseDescription':'no'}                                                                              | REQUEST",
        "500 | {'ResponseDescription':'no'}                                                                              | UNKNOWN",
        "200 | {'errorMessage':'no code'}                                                                                | UNKNOWN",
        // pages and nothing
        "403 | <body><iframe src='/_I'>Request unsuccessful. Incapsula incident ID: 877000-1</iframe></body>             | REQUEST",
        "503 | <body><iframe src='/_I'>Request unsuccessful. Incapsula incident ID: 877000-1</iframe></body>             | THROTTLED",
        "200 | <body><iframe src='/_I'>Request unsuccessful. Incapsula incident ID: 877000-1</iframe></body>             | UNKNOWN",
        "502 | <h1>Bad Gateway</h1>                                                                                      | UNKNOWN",
        "404 | <h1>Not Found</h1>                                                                                        | REQUEST",
        "401 | <h1>Unauthorized</h1>                                                                                     | TOKEN",
        "407 | <h1>Proxy Authentication Required</h1>                                                                    | REQUEST",
        "429 | <h1>Slow down</h1>                                                                                        | THROTTLED",
        "302 | <a href='x'>here</a>                                                                                      | REQUEST",
        "400 | ``                                                                                                        | REQUEST",
        "401 | ``                                                                                                        | TOKEN",
        "503 | ``                                                                                                        | UNKNOWN",
        "200 | ``                                                                                                        | UNKNOWN",
        "200 | [1]                                                                                                       | UNKNOWN",
        "200 | {'ResponseCode':                                                                                          | UNKNOWN",
        "500 | {}                                                                                                        | UNKNOWN"})
    void otherEnvelopes(int status, String body, ErrorKind kind) {
        assertThat(kind(status, body.replace('\'', '"'))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'ResponseCode':'0','ResponseDescription':'Accept the service request successfully.'}",
        "{'ResponseCode':'0','ResponseDescription':'Invalid Access Token'}",
        "{'ResponseDescription':'success'}",
        "{'errorCode':'0','errorMessage':'','ResponseCode':'0'}",
        "{'rescode':'200','resmsg':'Success'}",
        "{}"})
    void successesAreNoErrors(String body) {
        assertThat(ErrorEnvelope.read(answer(200, body.replace('\'', '"')))).isNull();
    }

    @Test
    void readsTheWordsOfAPage() {
        ErrorEnvelope page = ErrorEnvelope.read(answer(403, "<html><head><title>x</title></head><style>p {}</style><body>"
                + "<script>var a = '<p>';</script>Request\n  unsuccessful.<br/>Incapsula incident ID: 1-2</body></html>"));

        assertThat(page.text()).isEqualTo("Request unsuccessful. Incapsula incident ID: 1-2");
        assertThat(page.code()).isNull();
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void everyKindIsOneOfTheFiveExceptions(ErrorKind kind) {
        assertThat(kind.exception("m", ErrorDetails.local("o", "a"), null))
                .isInstanceOf(DarajaException.class).hasMessageContaining("m");
    }

    private static ErrorKind kind(int status, String body) {
        ErrorEnvelope error = ErrorEnvelope.read(answer(status, body));
        assertThat(error).isNotNull();
        return ErrorRules.find(status, error).kind();
    }

    private static TransportAnswer answer(int status, String body) {
        return new TransportAnswer(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
