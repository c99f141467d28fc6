package io.github.cameldaraja.simulator.results;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.wire.Json;

/**
 * A result on its way to the wire.
 */
public final class ResultDraft {

    private static final int TAIL = 12;

    private final boolean old;
    private final String code;
    private final Items parameters = new Items("ResultParameters", "ResultParameter");
    private final Items references = new Items("ReferenceData", "ReferenceItem");
    private String text;
    private String originatorConversationId;
    private String conversationId;
    private String transactionId;
    private int type;
    private boolean typeAsText;
    private boolean codeAsText;
    private boolean alphabetical;

    ResultDraft(boolean old, Outcome outcome, String originatorConversationId, String conversationId) {
        this.old = old;
        this.code = outcome.code();
        this.text = outcome.text();
        this.transactionId = outcome.transactionId();
        this.originatorConversationId = originatorConversationId;
        this.conversationId = conversationId;
    }

    /** Whether the form of some years ago is wanted. */
    boolean old() {
        return old;
    }

    /** The parameters. */
    public Items parameters() {
        return parameters;
    }

    /** The references. */
    public Items references() {
        return references;
    }

    /** Another text. */
    public ResultDraft text(String other) {
        text = other;
        return this;
    }

    /** Type and code as texts. */
    public void textualCodes() {
        typeAsText(true);
        codeAsText(true);
    }

    /** Type and, if it can be, code as numbers. */
    public void numericCodes() {
        typeAsText(false);
        codeAsText(false);
    }

    ResultDraft typeAsText(boolean wanted) {
        typeAsText = wanted;
        return this;
    }

    ResultDraft codeAsText(boolean wanted) {
        codeAsText = wanted;
        return this;
    }

    ResultDraft type(int other) {
        type = other;
        return this;
    }

    /** Members in the order of the alphabet. */
    ResultDraft alphabetical() {
        alphabetical = true;
        return this;
    }

    /** Turns everything round that has an order. */
    public void permuted() {
        alphabetical = !alphabetical;
        parameters.reverse();
        references.reverse();
    }

    /** Tells only the end of the originator's conversation id. */
    public void tailOfOriginatorConversationId() {
        String id = originatorConversationId;
        originatorConversationId = id.substring(Math.max(0, id.length() - TAIL));
    }

    /** Another transaction id. */
    public void transactionId(String other) {
        transactionId = other;
    }

    /** As it goes over the wire. */
    String write(Json json) {
        ObjectNode body = json.object();
        ObjectNode result = body.putObject("Result");
        if (alphabetical) {
            ids(result, false);
            references.write(result);
            code(result);
            parameters.write(result);
            type(result);
            result.put(Request.TRANSACTION_ID, transactionId);
        } else {
            type(result);
            code(result);
            ids(result, true);
            result.put(Request.TRANSACTION_ID, transactionId);
            parameters.write(result);
            references.write(result);
        }
        return json.write(body);
    }

    private void ids(ObjectNode result, boolean originatorFirst) {
        if (originatorFirst) {
            result.put(Request.ORIGINATOR_CONVERSATION_ID, originatorConversationId);
        }
        result.put("ConversationID", conversationId);
        if (!originatorFirst) {
            result.put(Request.ORIGINATOR_CONVERSATION_ID, originatorConversationId);
        }
    }

    private void type(ObjectNode result) {
        if (typeAsText) {
            result.put("ResultType", Integer.toString(type));
        } else {
            result.put("ResultType", type);
        }
    }

    private void code(ObjectNode result) {
        if (codeAsText || !code.chars().allMatch(Character::isDigit)) {
            result.put("ResultCode", code);
        } else {
            result.put("ResultCode", Long.parseLong(code));
        }
        result.put("ResultDesc", text);
    }
}
