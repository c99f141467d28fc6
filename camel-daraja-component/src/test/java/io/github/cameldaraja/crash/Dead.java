package io.github.cameldaraja.crash;

/** Nothing after this line happens any more. */
final class Dead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Dead() {
        super("the process is dead");
    }
}
