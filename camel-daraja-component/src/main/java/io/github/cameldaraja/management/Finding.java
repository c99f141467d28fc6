package io.github.cameldaraja.management;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What the doctor has found, in one line.
 *
 * @param level   how bad it is
 * @param account the account's name, or null if it concerns all
 * @param subject what was looked at, in a word or two
 * @param found   what is so; holds no secret
 * @param cure    what to do, or null if it is well
 */
public record Finding(Level level, String account, String subject, String found, String cure) {

    /** How bad it is. */
    public enum Level {
        /** It is well. */
        OK,
        /** It works, or could not be looked at, and a person should know. */
        WARN,
        /** It will not work. */
        FAIL
    }

    public static Finding ok(String account, String subject, String found) {
        return new Finding(Level.OK, account, subject, found, null);
    }

    public static Finding warn(String account, String subject, String found, String cure) {
        return new Finding(Level.WARN, account, subject, found, cure);
    }

    public static Finding fail(String account, String subject, String found, String cure) {
        return new Finding(Level.FAIL, account, subject, found, cure);
    }

    /** Whether there is none that fails. */
    public static boolean noneFails(Collection<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.level() == Level.FAIL);
    }

    /** One line each. */
    public static String text(Collection<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        String text = String.format("%-4s  %-10s  %-11s  %s%s", level, account == null ? "-" : account, subject, found,
                cure == null ? "" : "; " + cure);
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
