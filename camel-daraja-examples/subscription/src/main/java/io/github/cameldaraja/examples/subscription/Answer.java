package io.github.cameldaraja.examples.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cameldaraja.api.InvalidFieldException;

/**
 * What the customer's browser is told.
 *
 * @param reason   why not, for people
 * @param tryAgain whether the same request makes sense later
 * @param plan     as it stands now, if it is the customer's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(@JsonIgnore int httpStatus, AnswerStatus status, String reason, Boolean tryAgain, Plan plan) {

    static Answer done(AnswerStatus status, Plan plan) {
        return new Answer(200, status, null, null, plan);
    }

    static Answer unknown(String reason, boolean tryAgain) {
        return new Answer(202, AnswerStatus.UNKNOWN, reason, tryAgain, null);
    }

    static Answer refused(String reason) {
        return new Answer(409, AnswerStatus.REFUSED, reason, null, null);
    }

    static Answer declined(String reason) {
        return new Answer(200, AnswerStatus.REFUSED, reason, true, null);
    }

    /** The answer to what is no request; null if the failure is another. */
    static Answer malformed(Exception failure, String example) {
        if (failure instanceof JsonProcessingException) {
            return malformed("body: is not what was expected; send JSON such as " + example);
        }
        // the component's own rules come wrapped
        return failure instanceof InvalidFieldException ? malformed(failure.getMessage())
                : failure.getCause() instanceof InvalidFieldException rule ? malformed(rule.getMessage()) : null;
    }

    private static Answer malformed(String reason) {
        return new Answer(400, AnswerStatus.REFUSED, reason, null, null);
    }
}
