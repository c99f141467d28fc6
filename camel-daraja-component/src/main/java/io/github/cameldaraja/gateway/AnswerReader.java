package io.github.cameldaraja.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.io.EofSensorInputStream;

/** Reads the body of an answer within bounds of size and time. */
final class AnswerReader {

    /** Many times the largest answer of Daraja. */
    static final int MAX_BYTES = 1024 * 1024;

    private AnswerReader() {
    }

    /**
     * All of the body.
     *
     * @param body  null for none
     * @param until of {@link System#nanoTime()}: a server that sends byte by byte holds nobody for ever
     * @return empty for a body of more than {@link #MAX_BYTES}: the rest is not read
     */
    static byte[] read(InputStream body, long until) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        boolean complete = false;
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                bytes.write(buffer, 0, n);
                if (bytes.size() > MAX_BYTES) {
                    return new byte[0];
                }
                if (System.nanoTime() - until > 0) {
                    throw new SocketTimeoutException("the answer did not end in time");
                }
            }
            complete = true;
            return bytes.toByteArray();
        } finally {
            if (!complete) {
                abort(body);
            }
        }
    }

    // close() would read to the end first, to keep the connection
    private static void abort(InputStream body) {
        try {
            if (body instanceof EofSensorInputStream stream) {
                stream.abort();
            } else {
                body.close();
            }
        } catch (IOException e) {
            // what we wanted of it, we have
        }
    }
}
