package io.github.cameldaraja.callback;

import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Keeps messages that cannot be applied as they came, but for the credentials that some of them echo. */
final class RawCallbacks {

    private static final String NAME = "\"(?:SecurityCredential|Password|InitiatorPassword|app_?key|Authorization)\"";
    private static final String COLON = "\\s*:\\s*";
    private static final String COMMA = "\\s*,\\s*";
    // possessive: a repeated group that can go back would need a stack as deep as the text is long
    private static final String TEXT = "(?:[^\"\\\\]++|\\\\.)*+";
    private static final String KEY = "\"(?:Key|Name)\"" + COLON + NAME;
    private static final String VALUE = "\"Value\"" + COLON + "\"";
    // as a field, and as an item of a list
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?is)(" + NAME + COLON + "\"|" + KEY + COMMA + VALUE + ")" + TEXT);
    private static final Pattern CREDENTIAL_FIRST = Pattern.compile("(?is)(" + VALUE + ")" + TEXT + "(\"" + COMMA + KEY + ")");

    private final TransactionRepository repository;

    RawCallbacks(TransactionRepository repository) {
        this.repository = repository;
    }

    CompletableFuture<Void> keep(CallbackRequest callback, Verdict verdict) {
        return repository.keep(new RawCallback(callback.reference(), callback.account().name(), callback.receivedAt(),
                verdict, callback.sender(), redacted(callback, callback.account()::redact)));
    }

    /** The body without credentials, in which nothing that a handler reads has changed. */
    static byte[] redactedForLater(CallbackRequest callback) {
        return redacted(callback, callback.account()::redactLong);
    }

    private static byte[] redacted(CallbackRequest callback, UnaryOperator<String> secrets) {
        // byte for byte, whatever the encoding
        String body = new String(callback.body(), StandardCharsets.ISO_8859_1);
        String named = CREDENTIAL_FIRST.matcher(CREDENTIAL.matcher(body).replaceAll("$1xxxxxx")).replaceAll("$1xxxxxx$2");
        String redacted = secrets.apply(named);
        return redacted.equals(body) ? callback.body() : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }
}
