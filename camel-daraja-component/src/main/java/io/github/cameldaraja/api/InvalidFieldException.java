package io.github.cameldaraja.api;

/** A value that breaks a field's rule; names field, rule and cure, and never shows the value. */
public class InvalidFieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidFieldException(String field, String rule, String cure) {
        super(field + ": " + rule + "; " + cure);
        this.field = field;
    }

    /** The field's name on the wire. */
    public String getField() {
        return field;
    }
}
