package io.github.cameldaraja;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * Teaches Camel the names of our secrets before anything is printed: Camel masks values in its start-up summary, its logs and
 * its MBeans only for names that it knows.
 */
public final class SecretWords implements ContextServicePlugin {

    private static final List<String> WORDS = List.of("consumerkey", "consumersecret", "passkey", "initiatorpassword",
            "securitycredential", "callbacksecret", "previouscallbacksecret", "proxypassword",
            "registeredurltokens", "billmanagerappkey", "namepassword",
            // of the repository; "secret" Camel knows by itself
            "previoussecret",
            // as on the wire, and as often misspelt
            "appkey", "app_key", "pass_key");
    // Camel knows it by itself
    private static final String PASSWORD = "password";

    /** The name of a secret if an option of that name, however it is spelt and prefixed, must not stand in a URI; null otherwise. */
    static String secret(String option) {
        String name = option.substring(option.lastIndexOf('.') + 1);
        String word = name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
        return WORDS.contains(word) || PASSWORD.equals(word) ? name : null;
    }

    @Override
    public void load(CamelContext camelContext) {
        Set<String> words = new LinkedHashSet<>();
        String present = camelContext.getCamelContextExtension().getAdditionalSensitiveKeywords();
        if (present != null) {
            words.addAll(List.of(present.split(",")));
        }
        words.addAll(WORDS);
        camelContext.getCamelContextExtension().setAdditionalSensitiveKeywords(String.join(",", words));
    }
}
