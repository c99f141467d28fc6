package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

import io.github.cameldaraja.simulator.stk.CallbackLook;
import io.github.cameldaraja.simulator.stk.CallbackLook.BalanceItem;
import io.github.cameldaraja.simulator.stk.Fate;
import io.github.cameldaraja.simulator.stk.Fate.Decision;
import io.github.cameldaraja.simulator.stk.ResultTexts;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.AnswerPlan.Kind;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * The fate of a push: outcome, HTTP answer and callbacks; immutable, every method gives a changed copy.
 *
 * <p>Begin with {@link #pays()}, {@link #result(int)} or {@link #neverAnswers()}. "Nothing booked" means that Safaricom
 * has not accepted the push: no prompt, no money, no callback, unknown to the query.
 */
public final class Script {

    private final Fate fate;

    private Script(Fate fate) {
        this.fate = fate;
    }

    /** The customer types the right PIN; he pays if he can afford it, otherwise the result is 1. */
    public static Script pays() {
        return new Script(Fate.of(Decision.CUSTOMER, null));
    }

    /** The push ends with this result code; 0 is {@link #pays()}. */
    public static Script result(int code) {
        return result(Integer.toString(code));
    }

    /** The push ends with this result code, which need not be a number. */
    public static Script result(String code) {
        return "0".equals(code) ? pays() : new Script(Fate.of(Decision.CODE, Objects.requireNonNull(code)));
    }

    /** Nobody touches the phone: result 1037 when the prompt expires. */
    public static Script neverAnswers() {
        return new Script(Fate.of(Decision.NOBODY, null));
    }

    /** The prompt waits for a person at the handset page or for {@link DarajaSimulator#handset()}. */
    public Script offeredToHandset() {
        return new Script(fate.onHandset());
    }

    /** The outcome is booked but no callback is sent. */
    public Script lostCallback() {
        return callbackTimes(0);
    }

    /** The callback is sent twice. */
    public Script duplicateCallback() {
        return callbackTimes(2);
    }

    /** The callback is sent so many times, one after the other. */
    public Script callbackTimes(int times) {
        return with(fate.delivery().times(times));
    }

    /** The callback is sent so long after the outcome, on the simulator's clock. */
    public Script callbackAfter(Duration wait) {
        return with(fate.delivery().after(wait));
    }

    /** The outcome is immediate and the receiver has answered the callback before the push is answered. */
    public Script callbackBeforeAnswer() {
        return with(fate.delivery().early());
    }

    /** A second callback claims another result code; the books follow the first. */
    public Script contradicting(String otherCode) {
        return with(fate.delivery().lie(otherCode, false));
    }

    /** A first callback claims another result code, the true one follows. */
    public Script contradictingFirst(String otherCode) {
        return with(fate.delivery().lie(otherCode, true));
    }

    /** The push is accepted at once but answered late, in real time. */
    public Script slowAnswer(Duration by) {
        return with(fate.answer().slow(by));
    }

    /** The connection is reset, nothing booked. */
    public Script resetBeforeAccepting() {
        return with(fate.answer().kind(Kind.RESET_BEFORE));
    }

    /** The push is accepted, outcome and callback happen, but the connection is reset instead of an answer. */
    public Script resetAfterAccepting() {
        return with(fate.answer().kind(Kind.RESET_AFTER));
    }

    /** HTTP 500 with 500.003.1001 although the push is accepted. */
    public Script errorAfterAccepting() {
        return with(fate.answer().kind(Kind.ERROR_AFTER));
    }

    /** An error envelope of your choice, nothing booked. */
    public Script errorBeforeAccepting(int httpStatus, String errorCode, String errorMessage) {
        return with(fate.answer().error(httpStatus, errorCode, errorMessage));
    }

    /** The firewall's HTML page with HTTP 503, nothing booked. */
    public Script html503() {
        return with(fate.answer().kind(Kind.HTML_503));
    }

    /** A plain HTML page with HTTP 503, not the firewall's, although the push is accepted. */
    public Script html503AfterAccepting() {
        return with(fate.answer().kind(Kind.HTML_503_AFTER));
    }

    /** HTTP 401 without a body, nothing booked. */
    public Script empty401() {
        return with(fate.answer().kind(Kind.EMPTY_401));
    }

    /** HTTP 200 with an empty body although the push is accepted. */
    public Script emptyBody() {
        return with(fate.answer().kind(Kind.EMPTY_BODY));
    }

    /** The gateway's spike arrest as HTTP 429 fault, nothing booked. */
    public Script spikeArrest() {
        return with(fate.answer().kind(Kind.SPIKE_ARREST));
    }

    /** Spike arrest as HTTP 500 with 500.003.02, nothing booked. */
    public Script spikeArrestGateway() {
        return errorBeforeAccepting(500, "500.003.02", "Error Occurred: Spike Arrest Violation");
    }

    /** Quota used up, 500.003.03, nothing booked. */
    public Script quota() {
        return errorBeforeAccepting(500, "500.003.03", "Quota Violation");
    }

    /** 500.003.02 "System is busy", nothing booked. */
    public Script systemBusy() {
        return errorBeforeAccepting(500, "500.003.02", "System is busy. Please try again in few minutes.");
    }

    /** 500.001.1001 "Unable to lock subscriber", nothing booked. */
    public Script unableToLock() {
        return errorBeforeAccepting(500, "500.001.1001", ResultTexts.UNABLE_TO_LOCK);
    }

    /** The token of this push is refused once and all tokens die; a repeat follows the rest of the script. */
    public Script revokedToken() {
        return with(fate.answer().kind(Kind.REVOKED_TOKEN));
    }

    /** The gateway's fault about a product missing on the app, nothing booked. */
    public Script apiProductFault() {
        return with(fate.answer().kind(Kind.API_PRODUCT));
    }

    /** The "System is busy" envelope with HTTP 200, nothing booked. */
    public Script errorWith200() {
        return with(fate.answer().kind(Kind.ERROR_WITH_200));
    }

    /** A SOAP fault turned into JSON with HTTP 500, nothing booked. */
    public Script soapFault() {
        return with(fate.answer().kind(Kind.SOAP_FAULT));
    }

    /** The callback masks the phone number. */
    public Script maskedPhone() {
        return with(fate.look().masked());
    }

    /** The callback has no Balance item. */
    public Script withoutBalanceItem() {
        return with(fate.look().balance(BalanceItem.ABSENT));
    }

    /** The Balance item of the callback has no value. */
    public Script balanceWithoutValue() {
        return with(fate.look().balance(BalanceItem.WITHOUT_VALUE));
    }

    /** The callback writes amounts like this sample: {@code 1}, {@code 1.0}, {@code 1.00} or, as text, {@code "1.00"}. */
    public Script amountAs(String sample) {
        return with(fate.look().amountLike(sample));
    }

    /** The result text has the old prefix {@code [STK_CB - ]}. */
    public Script prefixedText() {
        return with(fate.look().prefixText());
    }

    /** The callback names an amount that was not paid; the books know better. */
    public Script wrongAmount(BigDecimal amount) {
        return with(fate.look().wrong(amount));
    }

    /** This text is sent instead of the true callback. */
    public Script callbackBody(String text) {
        return with(fate.look().replacedBy(text));
    }

    /** The callback of a payment has no receipt number. */
    public Script noReceipt() {
        return with(fate.look().withoutReceipt());
    }

    /** The callback has its result code as a string. */
    public Script stringResultCode() {
        return with(fate.look().codeAsString());
    }

    Fate fate() {
        return fate;
    }

    private Script with(AnswerPlan other) {
        return new Script(fate.with(other));
    }

    private Script with(DeliveryPlan other) {
        return new Script(fate.with(other));
    }

    private Script with(CallbackLook other) {
        return new Script(fate.with(other));
    }
}
