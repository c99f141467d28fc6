package io.github.cameldaraja.examples.chaos.plan;

/** How M-Pesa decides a payment. */
public enum Ending {
    /** Money moves. */
    PAYS("0"),
    /** The customer refuses the prompt. */
    CANCELS("1032"),
    /** The customer types a wrong PIN. */
    WRONG_PIN("2001"),
    /** The customer has too little money. */
    NO_MONEY("1"),
    /** Nobody touches the phone until the prompt expires. */
    NOBODY("1037"),
    /** The receiver's account would be too full. */
    TOO_FULL("8"),
    /** The receiver is not registered. */
    UNREGISTERED("2040"),
    /** There is no such receiver. */
    STRANGER("SFC_IC0003"),
    /** The request expires in the queue, which is told as a timeout that proves nothing. */
    EXPIRES("17");

    private final String code;

    Ending(String code) {
        this.code = code;
    }

    /** The result code. */
    public String code() {
        return code;
    }

    /** Whether money moves. */
    public boolean moves() {
        return this == PAYS;
    }
}
