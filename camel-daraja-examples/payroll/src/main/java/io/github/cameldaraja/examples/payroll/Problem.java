package io.github.cameldaraja.examples.payroll;

/**
 * Why a line, or a file, is not paid.
 *
 * @param line in the file; 0 for the file as a whole
 * @param text field, rule and cure
 */
public record Problem(int line, String text) {

    static Problem ofFile(String text) {
        return new Problem(0, text);
    }

    @Override
    public String toString() {
        return (line == 0 ? "the file: " : "line " + line + ": ") + text;
    }
}
