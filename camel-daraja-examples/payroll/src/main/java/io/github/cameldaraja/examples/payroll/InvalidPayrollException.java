package io.github.cameldaraja.examples.payroll;

/** A file that cannot be taken in as a whole. Nothing of it is paid; single bad lines are no reason for it. */
public class InvalidPayrollException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidPayrollException(Problem problem) {
        super(problem.toString());
    }
}
