package io.github.cameldaraja.simulator;

import java.time.Duration;

import io.github.cameldaraja.simulator.wire.AnswerFate;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.AnswerPlan.Kind;

/**
 * The fate of the HTTP answer to a call; immutable, every method gives a changed copy.
 *
 * <p>Fields of the answer are named as at the top, like {@code rescode}, or by a JSON pointer, like
 * {@code /header/responseCode}.
 */
public final class AnswerScript {

    private final AnswerFate fate;

    private AnswerScript(AnswerFate fate) {
        this.fate = fate;
    }

    /** Nothing out of the ordinary. */
    public static AnswerScript usual() {
        return new AnswerScript(AnswerFate.USUAL);
    }

    /** The call is worked on at once but answered late, in real time. */
    public AnswerScript slow(Duration by) {
        return with(fate.plan().slow(by));
    }

    /** The connection is reset, nothing happened. */
    public AnswerScript resetBeforeAccepting() {
        return with(Kind.RESET_BEFORE);
    }

    /** The connection is reset although the call was accepted. */
    public AnswerScript resetAfterAccepting() {
        return with(Kind.RESET_AFTER);
    }

    /** An error envelope of your choice, nothing happened. */
    public AnswerScript errorBeforeAccepting(int httpStatus, String errorCode, String errorMessage) {
        return with(fate.plan().error(httpStatus, errorCode, errorMessage));
    }

    /** HTTP 500 with 500.003.1001 although the call was accepted. */
    public AnswerScript errorAfterAccepting() {
        return with(Kind.ERROR_AFTER);
    }

    /** The "System is busy" envelope with HTTP 200, nothing happened. */
    public AnswerScript errorWith200() {
        return with(Kind.ERROR_WITH_200);
    }

    /** The firewall's HTML page with HTTP 503, nothing happened. */
    public AnswerScript html503() {
        return with(Kind.HTML_503);
    }

    /** A plain HTML page with HTTP 503 although the call was accepted. */
    public AnswerScript html503AfterAccepting() {
        return with(Kind.HTML_503_AFTER);
    }

    /** HTTP 401 without a body, nothing happened. */
    public AnswerScript empty401() {
        return with(Kind.EMPTY_401);
    }

    /** HTTP 200 with an empty body although the call was accepted. */
    public AnswerScript emptyBody() {
        return with(Kind.EMPTY_BODY);
    }

    /** The gateway's spike arrest as HTTP 429 fault, nothing happened. */
    public AnswerScript spikeArrest() {
        return with(Kind.SPIKE_ARREST);
    }

    /** All tokens die and this call is refused; a repeat follows the rest of the script. */
    public AnswerScript revokedToken() {
        return with(Kind.REVOKED_TOKEN);
    }

    /** The gateway's fault about a product missing on the app, nothing happened. */
    public AnswerScript apiProductFault() {
        return with(Kind.API_PRODUCT);
    }

    /** A SOAP fault turned into JSON with HTTP 500, nothing happened. */
    public AnswerScript soapFault() {
        return with(Kind.SOAP_FAULT);
    }

    /** The usual answer with another HTTP status. */
    public AnswerScript status(int httpStatus) {
        return new AnswerScript(fate.with(httpStatus));
    }

    /** A field of the usual answer has another value, or there is one more. */
    public AnswerScript field(String name, Object value) {
        return new AnswerScript(fate.with(fate.edits().set(name, value)));
    }

    /** A field of the usual answer is missing. */
    public AnswerScript without(String name) {
        return new AnswerScript(fate.with(fate.edits().remove(name)));
    }

    /** The fields of the usual answer come in the opposite order. */
    public AnswerScript reversed() {
        return new AnswerScript(fate.with(fate.edits().reversed()));
    }

    /** This text instead of the usual answer. */
    public AnswerScript body(String text) {
        return new AnswerScript(fate.saying(text));
    }

    AnswerFate fate() {
        return fate;
    }

    private AnswerScript with(Kind kind) {
        return with(fate.plan().kind(kind));
    }

    private AnswerScript with(AnswerPlan plan) {
        return new AnswerScript(fate.with(plan));
    }
}
