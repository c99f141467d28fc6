package io.github.cameldaraja.examples.payroll;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** People with their phones and salaries, as lines of a file. Those of another block have other phones. */
record Staff(int block) {

    List<String> people(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(this::person).toList();
    }

    String person(int number) {
        return "E%03d,\"Person, %d\",0%s,%d,Salary November".formatted(number, number, phone(number).substring(3), amount(number));
    }

    String phone(int number) {
        return "25472%03d%04d".formatted(block, number);
    }

    static long amount(int number) {
        return 1000L + number;
    }

    static long sum(int count) {
        return LongStream.rangeClosed(1, count).map(number -> amount((int) number)).sum();
    }
}
