package io.github.cameldaraja.simulator.lookups;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashed IMSI of a SIM: sixteen digits that change with the SIM.
 */
final class Imsi {

    private static final BigInteger NINE_OF_SIXTEEN = BigInteger.TEN.pow(15).multiply(BigInteger.valueOf(9));

    private Imsi() {
    }

    static String of(Subscriber subscriber) {
        String sim = subscriber.phone() + "/" + subscriber.swapped();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(sim.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).mod(NINE_OF_SIXTEEN).add(BigInteger.TEN.pow(15)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
