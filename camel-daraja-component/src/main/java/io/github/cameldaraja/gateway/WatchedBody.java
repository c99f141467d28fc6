package io.github.cameldaraja.gateway;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A body that knows whether anybody began to send it. This tells "never left this machine" from "fate unknown" for certain,
 * where exception types would have to be guessed at: connection, TLS handshake and tunnel all come before the body.
 */
final class WatchedBody extends HttpEntityWrapper {

    private volatile boolean begun;

    WatchedBody(byte[] json) {
        // without a charset: JSON has none
        super(new ByteArrayEntity(json, ContentType.create("application/json")));
    }

    boolean isBegun() {
        return begun;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        begun = true;
        super.writeTo(out);
    }
}
