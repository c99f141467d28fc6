package io.github.cameldaraja.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a merchant needs to talk to the simulator; all values are invented and public.
 *
 * @param consumerKey       user name of the token request
 * @param consumerSecret    password of the token request
 * @param shortCode         the pay bill
 * @param passkey           part of the STK password, for the pay bill and for the store number
 * @param tillNumber        the till, PartyB of buy goods pushes
 * @param storeNumber       the store number, BusinessShortCode of buy goods pushes
 * @param initiatorName     the API operator
 * @param initiatorPassword the password of the API operator
 * @param certificatePem    X.509 certificate that encrypts the operator's password; its key is the simulator's
 */
public record Credentials(
        String consumerKey,
        String consumerSecret,
        String shortCode,
        String passkey,
        String tillNumber,
        String storeNumber,
        String initiatorName,
        String initiatorPassword,
        String certificatePem) {

    /** The credentials that a simulator has unless the settings say otherwise. */
    public static Credentials defaults() {
        return new Credentials(
                "SimulatorConsumerKey0001",
                "SimulatorConsumerSecret0001",
                "574100",
                "5e1f0c7a9b3d2846a0c4e2f6b8d1735940aa5c6e7f8091b2c3d4e5f60718293a",
                "5742001",
                "574200",
                "simoperator",
                "Simulator#2026",
                certificate());
    }

    private static String certificate() {
        try (InputStream in = Credentials.class.getResourceAsStream("certificate.pem")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
