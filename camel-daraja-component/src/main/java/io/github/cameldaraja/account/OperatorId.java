package io.github.cameldaraja.account;

import java.net.URI;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a name for an API operator together with his credential, that can be stored: without the consumer secret nobody can try
 * passwords on it.
 */
final class OperatorId {

    private static final char KIND = 'o';

    private OperatorId() {
    }

    /**
     * 32 hexadecimal characters, the same on all nodes.
     *
     * @param certificate what the password is encrypted with; empty if the credential was made elsewhere
     */
    static String of(URI baseUrl, DarajaAccount settings, byte[] certificate) {
        String credential = settings.getSecurityCredential() == null ? settings.getInitiatorPassword()
                : settings.getSecurityCredential();
        // with lengths, or two different parts could run into the same text
        String all = Stream.of(baseUrl.toString(), String.valueOf(settings.getShortCode()), settings.getInitiatorName(), credential,
                Base64.getEncoder().encodeToString(certificate)).map(part -> part.length() + ":" + part).collect(Collectors.joining());
        return CapabilityKeys.ofOperators(settings.getConsumerSecret()).sign("operator", KIND, all);
    }
}
