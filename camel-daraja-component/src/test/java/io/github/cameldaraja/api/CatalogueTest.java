package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes are data: for routes, for tools, and for the documentation. */
class CatalogueTest {

    private static final List<DarajaApi> APIS = List.of(new StkPush(), new StkQuery(), new B2bExpress(), new StandingOrder(),
            new Bonga(), new QrCode());

    private final List<Catalogue.Row> rows = Catalogue.of(APIS);

    @Test
    void everyRowIsWhole() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.meaning()).isNotBlank().doesNotEndWith(".");
            assertThat(row.category()).isNotNull();
            assertThat(row.source()).isNotNull();
            assertThat(row.retry() == null).isEqualTo(row.kind() == Catalogue.Kind.RESULT);
            assertThat(row.status() == null).isEqualTo(row.kind() == Catalogue.Kind.ERROR);
        });
        assertThat(rows.stream().map(Catalogue.Row::operation).distinct()).contains("stkPush", "stkQuery", "b2bExpress",
                "standingOrder", "bonga", "qrCode", null).doesNotContain("reversal");
        assertThat(rows).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"stkPush, 0, COMPLETED, SUCCESS, true, false, DOCUMENTED",
            "stkPush, 1001, FAILED, CUSTOMER, true, true, THIRD_PARTY",
            "standingOrder, 1001, FAILED, CUSTOMER, true, true, TRANSCRIBED",
            "stkPush, 4999, PENDING, PENDING, false, false, DOCUMENTED",
            "b2bExpress, 4001, CANCELLED, CUSTOMER, true, true, DOCUMENTED",
            "stkPush, 1036, FAILED, SYSTEM, true, true, FORMERLY_DOCUMENTED"})
    void results(String operation, String code, PaymentStatus status, ResultCategory category, boolean isFinal, boolean retriable,
                 CodeSource source) {
        assertThat(rows).filteredOn(row -> row.kind() == Catalogue.Kind.RESULT && operation.equals(row.operation())
                && code.equals(row.code())).singleElement().satisfies(row -> {
                    assertThat(row.status()).isEqualTo(status);
                    assertThat(row.category()).isEqualTo(category);
                    assertThat(row.isFinal()).isEqualTo(isFinal);
                    assertThat(row.retriable()).isEqualTo(retriable);
                    assertThat(row.source()).isEqualTo(source);
                });
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "stkPush,  500, 500.001.1001, Merchant does not exist,                REQUEST,        MERCHANT,      FIX,   true",
        "stkPush,  500, 500.001.1001, Unable to lock subscriber now,          THROTTLED,      CUSTOMER,      WAIT,  true",
        "stkQuery, 500, 500.001.1001, The transaction is being processed,     UNKNOWN,        PENDING,       WAIT,  false",
        "stkQuery, 200, 500.001.1001, -,                                      UNKNOWN,        PENDING,       WAIT,  false",
        "stkPush,  200, 500.001.1001, -,                                      UNKNOWN,        SYSTEM,        QUERY, false",
        "b2c,      500, 500.002.1001, Duplicate OriginatorConversationID.,    REQUEST,        MERCHANT,      QUERY, false",
        "b2c,      500, 500.003.1001, Internal Server Error,                  UNKNOWN,        SYSTEM,        QUERY, false",
        "b2c,      400, 400.002.02,   Bad Request - Invalid InitiatorName,    REQUEST,        MERCHANT,      FIX,   true",
        "b2c,      401, 401.002.01,   Error Occurred - Invalid Access Token,  TOKEN,          MERCHANT,      TOKEN, true",
        "b2c,      401, x,            Invalid API call as no apiproduct match found, TOKEN,   CONFIGURATION, TOKEN, true",
        "iotSim,   500, steps.x,      Failed to execute the ExtractVariables: y, REQUEST,     MERCHANT,      FIX,   true",
        "b2c,      500, steps.x,      Failed to execute the ExtractVariables: y, UNKNOWN,     SYSTEM,        QUERY, false",
        "billCancel, 400, 409,        Conflict,                               REQUEST,        MERCHANT,      FIX,   true",
        "-,        400, 400.008.01,   Invalid Authentication passed,          AUTHENTICATION, MERCHANT,      FIX,   true"})
    void errors(String operation, int status, String code, String text, ErrorKind kind, ResultCategory category, Retry retry,
                boolean isFinal) {
        ErrorCode row = ErrorCodes.of(operation, status, code, text, false);

        assertThat(row.kind()).isEqualTo(kind);
        assertThat(row.category()).isEqualTo(category);
        assertThat(row.retry()).isEqualTo(retry);
        assertThat(row.isFinal()).isEqualTo(isFinal);
    }

    @Test
    void oneCodeInTwoOperations() {
        assertThat(ErrorCodes.ofAnswer("bonga", "17").orElseThrow().advice())
                .isNotEqualTo(ErrorCodes.ofAnswer(null, "17").orElseThrow().advice());
        assertThat(ErrorCodes.ofAnswer("qrCode", "6004")).isEmpty();
    }

    @Test
    void doubtIsNeverRetriable() {
        assertThat(ErrorCodes.all())
                .filteredOn(row -> row.kind() == ErrorKind.UNKNOWN && row.category() != ResultCategory.PENDING)
                .isNotEmpty().allSatisfy(row -> {
                    assertThat(row.retriable()).isFalse();
                    assertThat(row.isFinal()).isFalse();
                });
        assertThat(ErrorCodes.all()).filteredOn(row -> row.kind() == ErrorKind.REQUEST)
                .allSatisfy(row -> assertThat(row.retriable()).isFalse());
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void everyExceptionSaysWhoseMatterItIs(ErrorKind kind) {
        DarajaException plain = kind.exception("m", ErrorDetails.local("stkPush", "shop"), null);
        assertThat(plain.getCategory()).isIn(ResultCategory.MERCHANT, ResultCategory.SYSTEM);
        assertThat(plain.isRetriable()).isEqualTo(kind == ErrorKind.THROTTLED || kind == ErrorKind.NOT_SENT);

        DarajaException judged = kind.exception("m", ErrorDetails.local("stkPush", "shop").judged(ResultCategory.PENDING, true),
                null);
        assertThat(judged.getCategory()).isEqualTo(ResultCategory.PENDING);
        assertThat(judged.isRetriable()).isTrue();
    }
}
