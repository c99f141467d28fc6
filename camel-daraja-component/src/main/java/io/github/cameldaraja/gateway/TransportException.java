package io.github.cameldaraja.gateway;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** No answer: either the request never left this machine, or its fate is unknown. */
final class TransportException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean neverLeft;

    private TransportException(boolean neverLeft, String message, Throwable cause) {
        super(message, cause);
        this.neverLeft = neverLeft;
    }

    static TransportException neverLeft(String message, Throwable cause) {
        return new TransportException(true, message, cause);
    }

    static TransportException fateUnknown(String message, Throwable cause) {
        return new TransportException(false, message, cause);
    }

    /** Whether not a single byte of the body was handed to the network. */
    boolean isNeverLeft() {
        return neverLeft;
    }

    /** Whether the other side was reached and kept silent. */
    boolean isAnswerTimeout() {
        return getCause() instanceof SocketTimeoutException && !(getCause() instanceof ConnectTimeoutException);
    }
}
