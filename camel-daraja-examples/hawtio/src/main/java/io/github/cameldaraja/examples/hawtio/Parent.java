package io.github.cameldaraja.examples.hawtio;

/** The process that has started this one. */
final class Parent {

    private Parent() {
    }

    /** Ends with it, if it is told to: else a Maven that is killed would leave the program behind. */
    static void endWith() {
        if (Boolean.getBoolean("endWithParent")) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
    }
}
