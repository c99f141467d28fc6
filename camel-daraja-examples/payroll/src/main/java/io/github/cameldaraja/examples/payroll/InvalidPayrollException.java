package io.github.cameldaraja.examples.payroll;

import java.util.List;
import java.util.stream.Collectors;

/** A file that is not paid as it stands: all that is wrong with it, at once. Nothing of it was sent. */
public class InvalidPayrollException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidPayrollException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> getProblems() {
        return problems;
    }
}
