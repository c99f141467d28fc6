package io.github.cameldaraja.api;

import java.util.Optional;

/**
 * Says which of the answers with HTTP 200 that are no error envelope are successes: each family of Daraja's APIs has its own
 * success code (Daraja: the response tables of each API page).
 */
@FunctionalInterface
public interface SuccessRule {

    /** The families "STK", "Result" and "C2B": {@code ResponseCode} 0. */
    SuccessRule RESPONSE_CODE = new ResponseCodeRule();

    /** Any JSON object that is no error envelope; the caller reads it. Not for what moves money, unless its caller can judge. */
    SuccessRule ANY_OBJECT = (answer, movesMoney) -> Optional.empty();

    /**
     * Why this answer is no success.
     *
     * @param movesMoney of the request
     * @return empty for a success
     */
    Optional<Refusal> refusal(JsonObject answer, boolean movesMoney);

    /**
     * An API whose code stands at a path of its own.
     *
     * @param codePath names from the outermost object to the code, separated by dots
     * @param textPath likewise to the text
     * @param accepted the codes of success
     */
    static SuccessRule code(String codePath, String textPath, String... accepted) {
        return new PathCodeRule(null, codePath, textPath, accepted);
    }

    /**
     * An answer with HTTP 200 that refuses.
     *
     * @param kind     what the caller may do
     * @param code     the API's own code, verbatim, or null
     * @param text     the API's own text, or null
     * @param advice   what to do, a sentence without a full stop
     * @param category whose matter it is; null for what the kind says
     */
    record Refusal(ErrorKind kind, String code, String text, String advice, ResultCategory category) {

        public Refusal(ErrorKind kind, String code, String text, String advice) {
            this(kind, code, text, advice, null);
        }

        /** A code without success, by the table of codes if it is listed there. */
        static Refusal ofCode(String operation, String code, String text) {
            return ErrorCodes.ofAnswer(operation, code)
                    .map(row -> new Refusal(row.kind(), code, text, row.advice(), row.category()))
                    .orElseGet(() -> new Refusal(ErrorKind.REQUEST, code, text,
                            "not accepted; correct the request, or see the code"));
        }
    }
}
