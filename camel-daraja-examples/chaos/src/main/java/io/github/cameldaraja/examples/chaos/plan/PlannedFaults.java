package io.github.cameldaraja.examples.chaos.plan;

import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.FaultPlan;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.TokenFault;
import java.time.Duration;

/** Says a plan in the words of the simulator. */
final class PlannedFaults implements FaultPlan {

    // so that a kill cannot lose the truth and leave the lie
    private static final int TRUTHS = 3;
    // longer than a confirmation takes
    private static final Duration BEHIND_CONFIRMATION = Duration.ofSeconds(2);

    private final Plan plan;

    PlannedFaults(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Script push(String phone, int attempt) {
        Fate fate = fate(phone, Kind.PUSH);
        if (fate == null) {
            return null;
        }
        Attempt sent = fate.request(attempt);
        Script script = told(ending(fate.ending()), sent.callback());
        boolean behind = fate.confirmation().telling() == Telling.EARLY && sent.callback().telling() == Telling.ON_TIME;
        return answered(behind ? script.callbackAfter(BEHIND_CONFIRMATION) : script, sent);
    }

    @Override
    public QueryFault query(String phone, int attempt) {
        Fate fate = fate(phone, Kind.PUSH);
        return fate == null ? null : fate.query(attempt);
    }

    @Override
    public ResultScript request(ResultApi api, String receiver, String party, int attempt) {
        Fate fate = switch (api) {
            case B2C, POCHI -> fate(party, Kind.PAYOUT);
            case REVERSAL -> fate(party, Kind.RETURN);
            case STATUS -> fate(party, null);
            default -> null;
        };
        if (fate == null) {
            return null;
        }
        return api == ResultApi.STATUS ? script(ResultScript.succeeds(), fate.question(attempt))
                : script(result(fate.ending()), fate.request(attempt));
    }

    @Override
    public ConfirmationScript confirmation(String phone, int attempt) {
        Fate fate = fate(phone, null);
        if (fate == null || attempt > 0) {
            return null;
        }
        ConfirmationScript usual = ConfirmationScript.usual();
        return switch (fate.confirmation().telling()) {
            case LOST -> usual.lost();
            case DOUBLED -> usual.duplicate();
            case LATE, HOURS_LATE -> usual.after(fate.confirmation().after());
            default -> null;
        };
    }

    @Override
    public TokenFault token(int attempt) {
        return plan.token(attempt);
    }

    @Override
    public RequestFault pull(int attempt) {
        return plan.pull(attempt);
    }

    private Fate fate(String phone, Kind kind) {
        if (phone == null) {
            return null;
        }
        long number = Long.parseLong(phone) - Long.parseLong(Payment.phone(0));
        if (number < 0 || number >= plan.payments()) {
            return null;
        }
        Fate fate = plan.fate((int) number);
        return kind == null || fate.payment().kind() == kind ? fate : null;
    }

    private static Script ending(Ending ending) {
        return ending == Ending.NOBODY ? Script.neverAnswers() : Script.result(ending.code());
    }

    private static Script told(Script script, Message callback) {
        return switch (callback.telling()) {
            case ON_TIME -> script;
            case LOST -> script.lostCallback();
            case DOUBLED -> script.duplicateCallback();
            case LATE, HOURS_LATE -> script.callbackAfter(callback.after());
            case EARLY -> script.callbackBeforeAnswer();
            case LIE_FIRST -> script.contradictingFirst(callback.lie()).callbackTimes(TRUTHS);
            case LIE_LAST -> script.contradicting(callback.lie()).callbackTimes(TRUTHS);
            case ODD -> odd(script, callback.look());
            case TIMEOUT -> throw new IllegalStateException("a push has no address for timeouts");
        };
    }

    private static Script odd(Script script, Look look) {
        return switch (look) {
            case MASKED_PHONE -> script.maskedPhone();
            case NO_BALANCE -> script.withoutBalanceItem();
            case BALANCE_WITHOUT_VALUE -> script.balanceWithoutValue();
            case AMOUNT_AS_TEXT -> script.amountAs("\"1.00\"");
            case WHOLE_AMOUNT -> script.amountAs("1");
            case PREFIXED_TEXT -> script.prefixedText();
            case CODE_AS_TEXT -> script.stringResultCode();
            default -> throw new IllegalStateException("no push looks like that: " + look);
        };
    }

    private static Script answered(Script script, Attempt sent) {
        return switch (sent.answer()) {
            case GOOD -> script;
            case SLOW -> script.slowAnswer(sent.slow());
            case RESET_BEFORE -> script.resetBeforeAccepting();
            case RESET_AFTER -> script.resetAfterAccepting();
            case ERROR_AFTER -> script.errorAfterAccepting();
            case HTML_BEFORE -> script.html503();
            case HTML_AFTER -> script.html503AfterAccepting();
            case EMPTY_BODY -> script.emptyBody();
            case SPIKE_ARREST -> script.spikeArrest();
            case SYSTEM_BUSY -> script.systemBusy();
            case QUOTA -> script.quota();
            case EMPTY_401 -> script.empty401();
            case REVOKED_TOKEN -> script.revokedToken();
        };
    }

    private static ResultScript result(Ending ending) {
        return ending == Ending.EXPIRES ? ResultScript.timesOut() : ResultScript.result(ending.code());
    }

    private static ResultScript script(ResultScript script, Attempt sent) {
        return answered(told(script, sent.callback()), sent);
    }

    private static ResultScript told(ResultScript script, Message callback) {
        return switch (callback.telling()) {
            case ON_TIME -> script;
            case LOST -> script.lostCallback();
            case DOUBLED -> script.duplicateCallback();
            case LATE, HOURS_LATE -> script.callbackAfter(callback.after());
            case EARLY -> script.callbackBeforeAnswer();
            case LIE_FIRST -> script.contradictingFirst(callback.lie()).callbackTimes(TRUTHS);
            case LIE_LAST -> script.contradicting(callback.lie()).callbackTimes(TRUTHS);
            case ODD -> odd(script, callback.look());
            case TIMEOUT -> script.toldAsTimeout();
        };
    }

    private static ResultScript odd(ResultScript script, Look look) {
        return switch (look) {
            case OLD_FORM -> script.oldForm();
            case PERMUTED -> script.permuted();
            case CODES_AS_TEXT -> script.stringCodes();
            case NUMBERS_AS_TEXT -> script.numbersAsText();
            case PARAMETER_LIST -> script.parameterList();
            case NO_REFERENCES -> script.withoutReferences();
            case ESCAPED_SLASHES -> script.escapedSlashes();
            default -> throw new IllegalStateException("no result looks like that: " + look);
        };
    }

    private static ResultScript answered(ResultScript script, Attempt sent) {
        return switch (sent.answer()) {
            case GOOD -> script;
            case SLOW -> script.slowAnswer(sent.slow());
            case RESET_BEFORE -> script.resetBeforeAccepting();
            case RESET_AFTER -> script.resetAfterAccepting();
            case ERROR_AFTER -> script.errorAfterAccepting();
            case HTML_BEFORE -> script.html503();
            case HTML_AFTER -> script.html503AfterAccepting();
            case EMPTY_BODY -> script.emptyBody();
            case SPIKE_ARREST -> script.spikeArrest();
            case SYSTEM_BUSY -> script.systemBusy();
            case QUOTA -> script.quota();
            case EMPTY_401 -> script.empty401();
            case REVOKED_TOKEN -> script.revokedToken();
        };
    }
}
