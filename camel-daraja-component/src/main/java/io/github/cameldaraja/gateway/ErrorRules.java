package io.github.cameldaraja.gateway;

import static io.github.cameldaraja.api.ErrorKind.AUTHENTICATION;
import static io.github.cameldaraja.api.ErrorKind.REQUEST;
import static io.github.cameldaraja.api.ErrorKind.THROTTLED;
import static io.github.cameldaraja.api.ErrorKind.TOKEN;
import static io.github.cameldaraja.api.ErrorKind.UNKNOWN;

import io.github.cameldaraja.api.ErrorKind;
import java.util.List;

/**
 * The table of Daraja's synchronous errors: code <em>and</em> beginning of the text decide, the HTTP status only where there is
 * nothing else; {@code 500.001.1001} alone has six meanings. The first row that fits counts (Daraja: the error tables of each API
 * page).
 */
final class ErrorRules {

    private static final String CREDENTIALS = "check consumerKey and consumerSecret, and that they belong to this environment";
    private static final String NEW_TOKEN = "the access token is refused";
    private static final String PASSWORD = "check shortCode and passkey, and that they belong together and to this environment";
    private static final String CORRECT = "correct the request or the account's settings; the same request never helps";
    private static final String LATER = "nothing happened; try again later";
    private static final String SLOWER = "too many requests; nothing happened, try again later and less often";
    private static final String MAYBE = "whether it was accepted is not known";
    private static final String NOT_DARAJA =
            "this is no answer of Daraja's: check baseUrl, path and whatever stands between, a proxy or firewall";

    private static final List<ErrorRule> TABLE = List.of(
            //   HTTP   errorCode                  errorMessage begins ...
            rule("",    "400.008.*",               "",                                           AUTHENTICATION, CREDENTIALS),
            rule("",    "400.003.01",              "",                                           TOKEN, NEW_TOKEN),
            rule("",    "401.001",                 "",                                           TOKEN, NEW_TOKEN),
            rule("",    "401.002.01",              "",                                           TOKEN, NEW_TOKEN),
            rule("",    "401.003.01",              "",                                           TOKEN, NEW_TOKEN),
            rule("",    "404.001.03",              "",                                           TOKEN, NEW_TOKEN),
            rule("",    "keymanagement.service.*", "",                                           TOKEN, NEW_TOKEN),
            rule("",    "oauth.v2.*",              "",                                           TOKEN, NEW_TOKEN),
            rule("",    "steps.oauth.v2.*",        "",                                           TOKEN, NEW_TOKEN),
            rule("2xx", "",                        "~Invalid Access Token",                      TOKEN, NEW_TOKEN),
            rule("4xx", "",                        "~Invalid Access Token",                      TOKEN, NEW_TOKEN),
            rule("2xx", "",                        "~no apiproduct match found",                 TOKEN, NEW_TOKEN),
            rule("4xx", "",                        "~no apiproduct match found",                 TOKEN, NEW_TOKEN),
            rule("401", "-",                       "",                                           TOKEN, NEW_TOKEN),
            rule("401", "",                        "",                                           AUTHENTICATION, CREDENTIALS),

            rule("",    "500.001.1001",            "Wrong credentials",                          AUTHENTICATION, PASSWORD),
            rule("",    "500.001.1001",            "[MerchantValidate] - Wrong credentials",     AUTHENTICATION, PASSWORD),
            rule("",    "500.001.1001",            "Merchant does not exist",                    REQUEST, PASSWORD),
            rule("",    "500.001.1001",            "Unable to lock subscriber",                  THROTTLED,
                    "this customer has another payment open; nothing happened, try again after a minute"),
            rule("",    "500.001.1001",            "The transaction is being processed",         UNKNOWN, "not concluded yet"),
            rule("",    "500.001.1001",            "The transaction does not exist",             UNKNOWN,
                    "Daraja says this of payments that do exist, too"),
            rule("",    "500.002.1001",            "Duplicate OriginatorConversationID",         REQUEST,
                    "this id was used before: ask what became of that request, and do not send another"),
            rule("",    "500.002.1001",            "Service is currently under maintenance",     THROTTLED, LATER),
            rule("",    "00.002.1001",             "Service is currently under maintenance",     THROTTLED, LATER),
            rule("",    "500.003.02",              "",                                           THROTTLED, SLOWER),
            rule("",    "5*",                      "System is busy",                             THROTTLED, LATER),
            rule("",    "500.003.03",              "",                                           THROTTLED,
                    "the quota is used up; nothing happened, try again much later or ask Safaricom for more"),
            rule("",    "500.003.1001",            "Urls are already registered",                REQUEST,
                    "nothing changed; to change the URLs have Safaricom delete them first"),
            rule("",    "500.003.1001",            "Duplicate notification info",                REQUEST,
                    "the URLs are registered on an aggregator's platform; only Safaricom can release them"),

            rule("",    "policies.ratelimit.*",    "",                                           THROTTLED, SLOWER),
            rule("429", "",                        "",                                           THROTTLED, SLOWER),
            rule("403", "-",                       "~Incapsula",                                 REQUEST,
                    "Safaricom's firewall refuses this machine or a word in the request"),
            rule("503", "-",                       "~Incapsula",                                 THROTTLED,
                    "stopped by Safaricom's firewall; nothing happened, try again later"),
            rule("",    "400.*",                   "",                                           REQUEST, CORRECT),
            rule("",    "404.*",                   "",                                           REQUEST, CORRECT),
            rule("",    "405.*",                   "",                                           REQUEST, CORRECT),
            rule("",    "01",                      "No transaction found",                       UNKNOWN,
                    "Daraja says this of payments that do exist, too"),

            // ... and where code and text say nothing
            rule("3xx", "",                        "",                                           REQUEST,
                    "redirect refused, the token would go elsewhere: check baseUrl"),
            rule("407", "",                        "",                                           REQUEST,
                    "the proxy refuses: check proxyUsername and proxyPassword"),
            rule("408", "",                        "",                                           UNKNOWN, MAYBE),
            rule("425", "",                        "",                                           UNKNOWN, MAYBE),
            rule("4xx", "5*",                      "",                                           UNKNOWN, MAYBE),
            rule("4xx", "-",                       "",                                           REQUEST, NOT_DARAJA),
            rule("4xx", "",                        "",                                           REQUEST, CORRECT),
            rule("",    "",                        "",                                           UNKNOWN, MAYBE));

    private ErrorRules() {
    }

    /** The first row that fits; the last one fits all. */
    static ErrorRule find(int status, ErrorEnvelope error) {
        for (ErrorRule rule : TABLE) {
            if (rule.matches(status, error)) {
                return rule;
            }
        }
        throw new IllegalStateException("the last row fits all");
    }

    private static ErrorRule rule(String http, String code, String text, ErrorKind kind, String advice) {
        return new ErrorRule(http, code, text, kind, advice);
    }
}
