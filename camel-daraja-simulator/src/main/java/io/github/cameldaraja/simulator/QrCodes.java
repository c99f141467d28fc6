package io.github.cameldaraja.simulator;

import io.github.cameldaraja.simulator.qr.QrFamily;

/**
 * The phones that scan QR codes.
 */
public final class QrCodes {

    private final QrFamily family;

    QrCodes(QrFamily family) {
        this.family = family;
    }

    /** What the text inside a code asks for; throws {@link IllegalArgumentException} for other texts. */
    public QrPayment read(String text) {
        return family.read(text);
    }

    /**
     * A customer scans a code and pays.
     *
     * @param text what a reader has found in the image
     * @throws IllegalArgumentException unless the code is for a till or a pay bill
     * @throws IllegalStateException    if the customer has too little money
     */
    public LedgerEntry pay(String phone254, String text) {
        return family.pay(phone254, text);
    }
}
