package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.github.cameldaraja.simulator.results.ResultDraft;
import io.github.cameldaraja.simulator.results.ResultFate;
import io.github.cameldaraja.simulator.results.ResultFate.Decision;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.AnswerPlan.Kind;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * The fate of a request of a {@link ResultApi}: outcome, HTTP answer and result; immutable, every method gives a
 * changed copy.
 *
 * <p>Begin with {@link #succeeds()}, {@link #result(int)}, {@link #timesOut()} or {@link #staysPending()}. "Nothing
 * booked" means that Safaricom has not accepted the request: no money, no result, unknown to the status query.
 */
public final class ResultScript {

    private final ResultFate fate;

    private ResultScript(ResultFate fate) {
        this.fate = fate;
    }

    /** Everything works as the books, the operator and the limits allow. */
    public static ResultScript succeeds() {
        return new ResultScript(ResultFate.of(Decision.BOOKS, null));
    }

    /** The request ends with this result code and no money moves; 0 is {@link #succeeds()}. */
    public static ResultScript result(int code) {
        return result(Integer.toString(code));
    }

    /** The request ends with this result code, which need not be a number, and no money moves. */
    public static ResultScript result(String code) {
        return "0".equals(code)
                ? succeeds()
                : new ResultScript(ResultFate.of(Decision.CODE, Objects.requireNonNull(code)));
    }

    /** The request expires in the queue: no money moves, and the QueueTimeOutURL is called. */
    public static ResultScript timesOut() {
        return new ResultScript(ResultFate.of(Decision.EXPIRY, null));
    }

    /** The request never ends; the status query finds it pending. */
    public static ResultScript staysPending() {
        return new ResultScript(ResultFate.of(Decision.NOBODY, null));
    }

    /** The result says something else than usual. */
    public ResultScript text(String text) {
        return new ResultScript(fate.saying(Objects.requireNonNull(text)));
    }

    /** Whatever the outcome, the QueueTimeOutURL is called instead of the ResultURL. */
    public ResultScript toldAsTimeout() {
        return new ResultScript(fate.asTimeout(fate.echo()));
    }

    /** As {@link #toldAsTimeout()}, with a body that repeats the request, its SecurityCredential included. */
    public ResultScript timeoutEchoesRequest() {
        return new ResultScript(fate.asTimeout(true));
    }

    /** The outcome is booked but no result is sent. */
    public ResultScript lostCallback() {
        return callbackTimes(0);
    }

    /** The result is sent twice. */
    public ResultScript duplicateCallback() {
        return callbackTimes(2);
    }

    /** The result is sent so many times, one after the other. */
    public ResultScript callbackTimes(int times) {
        return with(fate.delivery().times(times));
    }

    /** The result is sent so long after the outcome, on the simulated clock. */
    public ResultScript callbackAfter(Duration wait) {
        return with(fate.delivery().after(wait));
    }

    /** The outcome is immediate and the receiver has answered the result before the request is answered. */
    public ResultScript callbackBeforeAnswer() {
        return with(fate.delivery().early());
    }

    /** A second result claims another code; the books follow the first. */
    public ResultScript contradicting(String otherCode) {
        return with(fate.delivery().lie(otherCode, false));
    }

    /** A first result claims another code, the true one follows. */
    public ResultScript contradictingFirst(String otherCode) {
        return with(fate.delivery().lie(otherCode, true));
    }

    /** The request is accepted at once but answered late, in real time. */
    public ResultScript slowAnswer(Duration by) {
        return with(fate.answer().slow(by));
    }

    /** The connection is reset, nothing booked. */
    public ResultScript resetBeforeAccepting() {
        return with(fate.answer().kind(Kind.RESET_BEFORE));
    }

    /** The request is accepted, outcome and result happen, but the connection is reset instead of an answer. */
    public ResultScript resetAfterAccepting() {
        return with(fate.answer().kind(Kind.RESET_AFTER));
    }

    /** HTTP 500 with 500.003.1001 although the request is accepted. */
    public ResultScript errorAfterAccepting() {
        return with(fate.answer().kind(Kind.ERROR_AFTER));
    }

    /** An error envelope of your choice, nothing booked. */
    public ResultScript errorBeforeAccepting(int httpStatus, String errorCode, String errorMessage) {
        return with(fate.answer().error(httpStatus, errorCode, errorMessage));
    }

    /** The firewall's HTML page with HTTP 503, nothing booked. */
    public ResultScript html503() {
        return with(fate.answer().kind(Kind.HTML_503));
    }

    /** A plain HTML page with HTTP 503, not the firewall's, although the request is accepted. */
    public ResultScript html503AfterAccepting() {
        return with(fate.answer().kind(Kind.HTML_503_AFTER));
    }

    /** HTTP 401 without a body, nothing booked. */
    public ResultScript empty401() {
        return with(fate.answer().kind(Kind.EMPTY_401));
    }

    /** HTTP 200 with an empty body although the request is accepted. */
    public ResultScript emptyBody() {
        return with(fate.answer().kind(Kind.EMPTY_BODY));
    }

    /** The gateway's spike arrest as HTTP 429 fault, nothing booked. */
    public ResultScript spikeArrest() {
        return with(fate.answer().kind(Kind.SPIKE_ARREST));
    }

    /** Spike arrest as HTTP 500 with 500.003.02, nothing booked. */
    public ResultScript spikeArrestGateway() {
        return errorBeforeAccepting(500, "500.003.02", "Error Occurred: Spike Arrest Violation");
    }

    /** Quota used up, 500.003.03, nothing booked. */
    public ResultScript quota() {
        return errorBeforeAccepting(500, "500.003.03", "Quota Violation");
    }

    /** 500.003.02 "System is busy", nothing booked. */
    public ResultScript systemBusy() {
        return errorBeforeAccepting(500, "500.003.02", "System is busy. Please try again in few minutes.");
    }

    /** 500.002.1001 "System internal error.", nothing booked. */
    public ResultScript internalError() {
        return errorBeforeAccepting(500, "500.002.1001", "System internal error.");
    }

    /** The token of this request is refused once and all tokens die; a repeat follows the rest of the script. */
    public ResultScript revokedToken() {
        return with(fate.answer().kind(Kind.REVOKED_TOKEN));
    }

    /** The gateway's fault about a product missing on the app, nothing booked. */
    public ResultScript apiProductFault() {
        return with(fate.answer().kind(Kind.API_PRODUCT));
    }

    /** The "System is busy" envelope with HTTP 200, nothing booked. */
    public ResultScript errorWith200() {
        return with(fate.answer().kind(Kind.ERROR_WITH_200));
    }

    /** A SOAP fault turned into JSON with HTTP 500, nothing booked. */
    public ResultScript soapFault() {
        return with(fate.answer().kind(Kind.SOAP_FAULT));
    }

    /** The result has the keys, order and types of some years ago. */
    public ResultScript oldForm() {
        return new ResultScript(fate.with(fate.look().aged()));
    }

    /** Only the first parameter is told, as one object instead of a list. */
    public ResultScript singleParameter() {
        return edit(draft -> draft.parameters().single());
    }

    /** The parameters are a list, even a single one. */
    public ResultScript parameterList() {
        return edit(draft -> draft.parameters().list());
    }

    /** Only the first reference is told, as one object instead of a list. */
    public ResultScript singleReference() {
        return edit(draft -> draft.references().single());
    }

    /** The references are a list, even a single one. */
    public ResultScript referenceList() {
        return edit(draft -> draft.references().list());
    }

    /** The result has no ResultParameters. */
    public ResultScript withoutParameters() {
        return edit(draft -> draft.parameters().clear());
    }

    /** The result has no ReferenceData. */
    public ResultScript withoutReferences() {
        return edit(draft -> draft.references().clear());
    }

    /** The result lacks a parameter. */
    public ResultScript withoutParameter(String key) {
        return edit(draft -> draft.parameters().remove(key));
    }

    /** A parameter has no value. */
    public ResultScript parameterWithoutValue(String key) {
        return edit(draft -> draft.parameters().put(key, null));
    }

    /** A parameter has another value, or there is one more; the books know better. */
    public ResultScript parameter(String key, String value) {
        return edit(draft -> draft.parameters().put(key, TextNode.valueOf(value)));
    }

    /** A parameter has another value, a number, or there is one more; the books know better. */
    public ResultScript parameter(String key, BigDecimal value) {
        return edit(draft -> draft.parameters().put(key, DecimalNode.valueOf(value)));
    }

    /** The members, parameters and references of the result come in another order. */
    public ResultScript permuted() {
        return edit(ResultDraft::permuted);
    }

    /** The numbers among the parameters are texts. */
    public ResultScript numbersAsText() {
        return edit(draft -> draft.parameters().numbersAsTexts());
    }

    /** ResultType and ResultCode are texts. */
    public ResultScript stringCodes() {
        return edit(ResultDraft::textualCodes);
    }

    /** ResultType and ResultCode are numbers. */
    public ResultScript numericCodes() {
        return edit(ResultDraft::numericCodes);
    }

    /** The result tells only the last twelve characters of the OriginatorConversationID. */
    public ResultScript shortOriginatorConversationId() {
        return edit(ResultDraft::tailOfOriginatorConversationId);
    }

    /** The result tells another TransactionID. */
    public ResultScript transactionId(String id) {
        return edit(draft -> draft.transactionId(id));
    }

    /** The result has {@code \/} for every slash. */
    public ResultScript escapedSlashes() {
        return new ResultScript(fate.with(fate.look().escapedSlashes()));
    }

    /** This text is sent instead of the true result. */
    public ResultScript callbackBody(String text) {
        return new ResultScript(fate.with(fate.look().replacedBy(Objects.requireNonNull(text))));
    }

    ResultFate fate() {
        return fate;
    }

    private ResultScript edit(Consumer<ResultDraft> edit) {
        return new ResultScript(fate.with(fate.look().edited(edit)));
    }

    private ResultScript with(AnswerPlan other) {
        return new ResultScript(fate.with(other));
    }

    private ResultScript with(DeliveryPlan other) {
        return new ResultScript(fate.with(other));
    }
}
