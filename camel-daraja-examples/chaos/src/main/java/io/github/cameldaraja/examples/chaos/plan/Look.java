package io.github.cameldaraja.examples.chaos.plan;

/** Shapes of callbacks that were seen. */
public enum Look {
    USUAL,
    MASKED_PHONE, NO_BALANCE, BALANCE_WITHOUT_VALUE, AMOUNT_AS_TEXT, WHOLE_AMOUNT, PREFIXED_TEXT, CODE_AS_TEXT,
    OLD_FORM, PERMUTED, CODES_AS_TEXT, NUMBERS_AS_TEXT, PARAMETER_LIST, NO_REFERENCES, ESCAPED_SLASHES
}
