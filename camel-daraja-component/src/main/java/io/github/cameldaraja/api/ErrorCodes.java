package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.CodeSource.FORMERLY_DOCUMENTED;
import static io.github.cameldaraja.api.CodeSource.OBSERVED;
import static io.github.cameldaraja.api.CodeSource.THIRD_PARTY;
import static io.github.cameldaraja.api.CodeSource.TRANSCRIBED;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of what Daraja answers at once instead of taking a request: code <em>and</em> beginning of the text decide, the HTTP
 * status only where there is nothing else, and the operation where the same words mean different things; {@code 500.001.1001}
 * alone has six meanings (Daraja: the error tables of each API page).
 */
public final class ErrorCodes {

    private static final String CREDENTIALS = "check consumerKey and consumerSecret, and that they belong to this environment";
    private static final String NEW_TOKEN = "the access token is refused";
    private static final String PASSWORD = "check shortCode and passkey, and that they belong together and to this environment";
    private static final String CORRECT = "correct the request or the account's settings; the same request never helps";
    private static final String NO_SUCH_PATH = "no such path: check baseUrl, and that the app has the API";
    private static final String LATER = "nothing happened; try again later";
    private static final String SLOWER = "too many requests; nothing happened, try again later and less often";
    private static final String MAYBE = "whether it was accepted is not known";
    private static final String NOT_DARAJA =
            "this is no answer of Daraja's: check baseUrl, path and whatever stands between, a proxy or firewall";
    private static final String EXISTING_TOO = "Daraja says this of payments that do exist, too";

    private static final String[] C2B = { "c2bRegister", "c2bSimulate" };
    private static final String[] C2B_AND_STATUS = { "c2bRegister", "c2bSimulate", "transactionStatus" };
    private static final String[] PULL = { "pullRegister", "pullTransactions" };
    private static final String[] BILLS = { "billOptIn", "billOptInUpdate", "billInvoice", "billInvoices", "billCancel",
        "billCancelAll", "billReconcile" };
    private static final String[] LOOK_UPS = { "imsi", "simSwap" };
    private static final String[] IOT = { "iotSim" };
    private static final String[] BONGA = { "bonga" };

    // the first row that fits counts
    private static final List<ErrorCode> ERRORS = List.of(
            //  HTTP   errorCode                  errorMessage begins ...
            row("",    "400.008.01",              "", AUTHENTICATION, MERCHANT, FIX, CREDENTIALS),
            row("",    "400.008.02",              "", AUTHENTICATION, MERCHANT, FIX, CREDENTIALS),
            row("",    "400.008.*",               "", AUTHENTICATION, MERCHANT, FIX, CREDENTIALS).from(CodeSource.NONE),
            row("",    "400.003.01",              "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN).saidOf(C2B_AND_STATUS),
            row("",    "401.001",                 "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN)
                    .saidOf("pullRegister", "pullTransactions", "organizationInfo", "customerName"),
            row("",    "401.002.01",              "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN).saidOf("accountBalance", "b2c"),
            row("",    "401.003.01",              "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN).saidOf(C2B),
            row("",    "404.001.03",              "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN).saidOf("stkPush", "reversal"),
            row("",    "keymanagement.service.*", "", TOKEN, CONFIGURATION, Retry.TOKEN, NEW_TOKEN).from(OBSERVED),
            row("",    "oauth.v2.*",              "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN).from(THIRD_PARTY),
            row("",    "steps.oauth.v2.*",        "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN).from(THIRD_PARTY),
            row("2xx", "",                        "~Invalid Access Token", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN)
                    .from(FORMERLY_DOCUMENTED),
            row("4xx", "",                        "~Invalid Access Token", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN),
            row("2xx", "",                        "~no apiproduct match found", TOKEN, CONFIGURATION, Retry.TOKEN, NEW_TOKEN),
            row("4xx", "",                        "~no apiproduct match found", TOKEN, CONFIGURATION, Retry.TOKEN, NEW_TOKEN),
            row("401", "-",                       "", TOKEN, MERCHANT, Retry.TOKEN, NEW_TOKEN).from(OBSERVED),
            row("401", "",                        "", AUTHENTICATION, MERCHANT, FIX, CREDENTIALS).from(CodeSource.NONE),

            row("",    "500.001.1001",            "Wrong credentials", AUTHENTICATION, MERCHANT, FIX, PASSWORD)
                    .saidOf("stkPush", "stkQuery"),
            row("",    "500.001.1001",            "[MerchantValidate] - Wrong credentials",
                    AUTHENTICATION, MERCHANT, FIX, PASSWORD).saidOf("stkPush", "stkQuery"),
            row("",    "500.001.1001",            "Merchant does not exist", REQUEST, MERCHANT, FIX, PASSWORD).saidOf("stkPush"),
            row("",    "500.001.1001",            "Unable to lock subscriber", THROTTLED, CUSTOMER, WAIT,
                    "this customer has another payment open; nothing happened, try again after a minute").saidOf("stkPush"),
            row("",    "500.001.1001",            "The transaction is being processed", UNKNOWN, PENDING, WAIT,
                    "not concluded yet").saidOf("stkQuery").from(OBSERVED),
            row("",    "500.001.1001",            "The transaction does not exist", UNKNOWN, PENDING, WAIT, EXISTING_TOO)
                    .saidOf("stkQuery").from(OBSERVED),
            row("2xx", "500.001.1001",            "", UNKNOWN, PENDING, WAIT, "not concluded yet")
                    .onlyOf("stkQuery").from(OBSERVED),
            row("",    "500.001.1001",            "Internal Server Error", UNKNOWN, SYSTEM, QUERY, MAYBE).saidOf("reversal"),
            row("",    "500.002.1001",            "Duplicate OriginatorConversationID", REQUEST, MERCHANT, QUERY,
                    "this id was used before: ask what became of that request, and do not send another")
                    .saidOf("b2c", "b2pochi", "accountBalance"),
            row("",    "500.002.1001",            "System internal error", UNKNOWN, SYSTEM, QUERY, MAYBE).saidOf("b2c"),
            row("",    "500.002.1001",            "Service is currently under maintenance", THROTTLED, SYSTEM, WAIT, LATER),
            row("",    "00.002.1001",             "Service is currently under maintenance", THROTTLED, SYSTEM, WAIT, LATER),
            row("",    "500.003.02",              "Error Occurred: Spike Arrest", THROTTLED, SYSTEM, WAIT, SLOWER),
            row("",    "500.003.02",              "System is busy", THROTTLED, SYSTEM, WAIT, SLOWER).saidOf("stkPush"),
            row("",    "500.003.02",              "", THROTTLED, SYSTEM, WAIT, SLOWER).from(CodeSource.NONE),
            row("",    "5*",                      "System is busy", THROTTLED, SYSTEM, WAIT, LATER).from(CodeSource.NONE),
            row("",    "500.003.03",              "", THROTTLED, SYSTEM, WAIT,
                    "the quota is used up; nothing happened, try again much later or ask Safaricom for more"),
            row("",    "500.003.1001",            "Urls are already registered", REQUEST, CONFIGURATION, FIX,
                    "nothing changed; to change the URLs have Safaricom delete them first").saidOf("c2bRegister"),
            row("",    "500.003.1001",            "Duplicate notification info", REQUEST, CONFIGURATION, FIX,
                    "the URLs are registered on an aggregator's platform; only Safaricom can release them").saidOf("c2bRegister"),
            row("",    "500.003.1001",            "Internal Server Error", UNKNOWN, SYSTEM, QUERY, MAYBE),
            row("",    "",                        "~Failed to execute the ExtractVariables", REQUEST, MERCHANT, FIX,
                    "the gateway could not read the request: correct its fields").onlyOf(IOT),

            row("",    "policies.ratelimit.*",    "", THROTTLED, SYSTEM, WAIT, SLOWER).saidOf("stkQuery").from(OBSERVED),
            row("429", "",                        "", THROTTLED, SYSTEM, WAIT, SLOWER).from(OBSERVED),
            row("403", "-",                       "~Incapsula", REQUEST, CONFIGURATION, FIX,
                    "Safaricom's firewall refuses this machine or a word in the request").from(OBSERVED),
            row("503", "-",                       "~Incapsula", THROTTLED, SYSTEM, WAIT,
                    "stopped by Safaricom's firewall; nothing happened, try again later").from(OBSERVED),
            row("",    "400.001",                 "", REQUEST, MERCHANT, FIX,
                    "the short code is not known to the API").saidOf(PULL),
            row("",    "400.002.02",              "", REQUEST, MERCHANT, FIX,
                    "correct the request: the field that is named is missing, misnamed or badly filled")
                    .saidOf("stkPush", "stkQuery", "b2c", "b2b", "transactionStatus", "accountBalance", "reversal", "qrCode"),
            row("",    "400.002.05",              "", REQUEST, MERCHANT, FIX, CORRECT).saidOf(C2B_AND_STATUS),
            row("",    "400.003.02",              "", REQUEST, MERCHANT, FIX,
                    "a field is missing, the short code is not yours, or a URL holds a word that Safaricom refuses")
                    .saidOf(C2B_AND_STATUS),
            row("",    "400.*",                   "", REQUEST, MERCHANT, FIX, CORRECT).from(CodeSource.NONE),
            row("",    "404.001.01",              "", REQUEST, MERCHANT, FIX, NO_SUCH_PATH).saidOf("stkPush", "reversal"),
            row("",    "404.002.01",              "", REQUEST, MERCHANT, FIX, NO_SUCH_PATH).saidOf("accountBalance"),
            row("",    "404.003.01",              "", REQUEST, MERCHANT, FIX, NO_SUCH_PATH).saidOf(C2B_AND_STATUS),
            row("",    "404.001.04",              "", REQUEST, MERCHANT, FIX, CORRECT).saidOf(C2B_AND_STATUS),
            row("",    "404.*",                   "", REQUEST, MERCHANT, FIX, CORRECT).from(CodeSource.NONE),
            row("",    "405.001",                 "", REQUEST, MERCHANT, FIX, "this path wants another HTTP method"),
            row("",    "405.*",                   "", REQUEST, MERCHANT, FIX, CORRECT).from(CodeSource.NONE),
            row("",    "01",                      "No transaction found", UNKNOWN, PENDING, WAIT, EXISTING_TOO)
                    .saidOf("stkQuery").from(THIRD_PARTY),
            row("",    "409",                     "", REQUEST, MERCHANT, FIX,
                    "Bill Manager refuses: already registered, used before, paid, or a bad phone number or date; see the text")
                    .onlyOf(BILLS).from(TRANSCRIBED),
            row("406", "",                        "", REQUEST, MERCHANT, FIX, "JSON must be accepted as answer")
                    .from(FORMERLY_DOCUMENTED),
            row("4xx", "404",                     "", REQUEST, CUSTOMER, FIX, "nothing is known of this number")
                    .onlyOf(LOOK_UPS).from(THIRD_PARTY),

            // ... and where code and text say nothing
            row("3xx", "",                        "", REQUEST, MERCHANT, FIX,
                    "redirect refused, the token would go elsewhere: check baseUrl").from(CodeSource.NONE),
            row("407", "",                        "", REQUEST, MERCHANT, FIX,
                    "the proxy refuses: check proxyUsername and proxyPassword").from(CodeSource.NONE),
            row("408", "",                        "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE),
            row("425", "",                        "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE),
            row("4xx", "5*",                      "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE),
            row("4xx", "-",                       "", REQUEST, MERCHANT, FIX, NOT_DARAJA).from(CodeSource.NONE),
            row("400", "",                        "Kindly use your own vpnGroup", REQUEST, MERCHANT, FIX,
                    "the group is not yours").onlyOf(IOT),
            row("404", "",                        "", REQUEST, MERCHANT, FIX, "no records for this SIM or group").onlyOf(IOT),
            row("4xx", "",                        "", REQUEST, MERCHANT, FIX, CORRECT).from(CodeSource.NONE),
            row("",    "",                        "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE));

    // codes that stand where the code of success would; of one code the row of the operation comes first
    private static final List<ErrorCode> ANSWERS = List.of(
            bonga("6001", REQUEST, MERCHANT, FIX, "the request failed; see the text"),
            bonga("6004", UNKNOWN, SYSTEM, QUERY, "the server of the points failed inside"),
            bonga("6005", AUTHENTICATION, MERCHANT, FIX, "credentials are refused; see the text"),
            bonga("6006", REQUEST, MERCHANT, FIX, "the body is incomplete"),
            bonga("6007", UNKNOWN, SYSTEM, QUERY, "the system that keeps the points failed"),
            bonga("6008", UNKNOWN, SYSTEM, QUERY, "the prompt failed"),
            bonga("6009", UNKNOWN, SYSTEM, QUERY, "a system between failed"),
            bonga("6011", UNKNOWN, SYSTEM, QUERY, "the database of the points is not available"),
            bonga("1031", REQUEST, CUSTOMER, FIX, "the customer typed no PIN"),
            bonga("1037", REQUEST, CUSTOMER, FIX, "the phone is off, or nobody answered"),
            bonga("2001", REQUEST, CUSTOMER, FIX, "the customer typed a wrong PIN"),
            // the points were taken, and giving them back failed
            bonga("17", UNKNOWN, SYSTEM, QUERY, "points may have been taken without a payment"),
            row("2xx", "409", "", REQUEST, MERCHANT, FIX,
                    "Bill Manager refuses: already registered, used before, paid, or a bad phone number or date; see the text")
                    .saidOf(BILLS),
            row("2xx", "17", "", UNKNOWN, SYSTEM, QUERY, "M-Pesa failed inside"),
            row("2xx", "26", "", THROTTLED, SYSTEM, WAIT, "M-Pesa is busy; try again later"),
            row("2xx", "100000000", "", UNKNOWN, PENDING, QUERY, "taken, but not yet accepted"),
            row("2xx", "100000001", "", THROTTLED, SYSTEM, WAIT, "M-Pesa is overloaded; try again later"),
            row("2xx", "100000002", "", THROTTLED, SYSTEM, WAIT, "too many requests; try again later"),
            row("2xx", "100000004", "", UNKNOWN, SYSTEM, QUERY, "M-Pesa timed out inside"),
            row("2xx", "100000005", "", REQUEST, MERCHANT, FIX, "a value is invalid; correct the request"),
            row("2xx", "100000007", "", UNKNOWN, SYSTEM, QUERY, "M-Pesa lost a connection inside"),
            row("2xx", "100000009", "", UNKNOWN, SYSTEM, QUERY, "M-Pesa failed inside"),
            row("2xx", "100000010", "", REQUEST, CONFIGURATION, FIX, "a permission is missing; have Safaricom give it"),
            row("2xx", "100000011", "", THROTTLED, SYSTEM, WAIT, "M-Pesa is not available; try again later"),
            row("2xx", "100000100", "", UNKNOWN, SYSTEM, QUERY, "M-Pesa names no reason"),
            // answers with a header repeat HTTP's numbers there
            row("2xx", "429", "", THROTTLED, SYSTEM, WAIT, SLOWER).from(CodeSource.NONE),
            row("2xx", "500", "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE),
            row("2xx", "502", "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE),
            row("2xx", "503", "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE),
            row("2xx", "504", "", UNKNOWN, SYSTEM, QUERY, MAYBE).from(CodeSource.NONE));

    private ErrorCodes() {
    }

    /** Every row, in the order in which they are tried. */
    public static List<ErrorCode> all() {
        return Stream.concat(ERRORS.stream(), ANSWERS.stream()).toList();
    }

    /**
     * The row of an answer that is an error; the last one fits all.
     *
     * @param operation the one that was answered, as in the URI; null for the token call
     * @param status    of HTTP
     * @param code      Daraja's or Apigee's, or null
     * @param text      Daraja's or Apigee's, or null
     * @param foreign   whether there is nothing in it that Daraja itself would have said
     */
    public static ErrorCode of(String operation, int status, String code, String text, boolean foreign) {
        for (ErrorCode row : ERRORS) {
            if (row.matches(operation, status, code, text, foreign)) {
                return row;
            }
        }
        throw new IllegalStateException("the last row fits all");
    }

    /**
     * The row of a code that stands, with HTTP 2xx, where the code of success would.
     *
     * @param operation as in the URI; null where the code means the same everywhere
     */
    static Optional<ErrorCode> ofAnswer(String operation, String code) {
        return ANSWERS.stream().filter(row -> row.matches(operation, 200, code, null, false)).findFirst();
    }

    private static ErrorCode row(String http, String code, String text, ErrorKind kind, ResultCategory category, Retry retry,
                                 String advice) {
        return new ErrorCode(http, code, text, kind, category, retry, advice);
    }

    private static ErrorCode bonga(String code, ErrorKind kind, ResultCategory category, Retry retry, String advice) {
        return row("", code, "", kind, category, retry, advice).onlyOf(BONGA).from(TRANSCRIBED);
    }
}
