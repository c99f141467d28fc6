package io.github.cameldaraja.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is to become of the HTTP answer to a call.
 *
 * @param status another HTTP status of the usual answer, or 0
 * @param edits  changes of the usual answer
 * @param body   a text instead of the usual answer, or null
 */
public record AnswerFate(AnswerPlan plan, int status, BodyEdits edits, String body) {

    /** Nothing out of the ordinary. */
    public static final AnswerFate USUAL = new AnswerFate(AnswerPlan.NORMAL, 0, BodyEdits.NONE, null);

    /** The same with another plan. */
    public AnswerFate with(AnswerPlan other) {
        return new AnswerFate(other, status, edits, body);
    }

    /** The same with another HTTP status. */
    public AnswerFate with(int otherStatus) {
        return new AnswerFate(plan, otherStatus, edits, body);
    }

    /** The same with other changes. */
    public AnswerFate with(BodyEdits other) {
        return new AnswerFate(plan, status, other, body);
    }

    /** The same with another text. */
    public AnswerFate saying(String text) {
        return new AnswerFate(plan, status, edits, text);
    }

    /** The usual answer, made odd as wished. */
    public Answer dress(Answer usual, Json json) {
        int code = status == 0 ? usual.status() : status;
        if (body != null) {
            return new Answer(code, usual.contentType(), body);
        }
        ObjectNode object = json.readObject(usual.body());
        return object == null
                ? new Answer(code, usual.contentType(), usual.body())
                : new Answer(code, usual.contentType(), json.write(edits.apply(object)));
    }
}
