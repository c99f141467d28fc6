package io.github.cameldaraja.callback;

import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Keeps messages that cannot be applied as they came, but for the credentials that some of them echo. */
final class RawCallbacks {

    private static final Pattern CREDENTIAL = Pattern.compile(
            "(?i)(\"(?:SecurityCredential|Password|InitiatorPassword|app_?key|Authorization)\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*");

    private final Clock clock;
    private final TransactionRepository repository;

    RawCallbacks(Clock clock, TransactionRepository repository) {
        this.clock = clock;
        this.repository = repository;
    }

    CompletableFuture<Void> keep(CallbackRequest callback, Verdict verdict) {
        return repository.keep(new RawCallback(callback.reference(), callback.account().name(), clock.instant(), verdict,
                callback.sender(), redacted(callback)));
    }

    private static byte[] redacted(CallbackRequest callback) {
        // byte for byte, whatever the encoding
        String body = new String(callback.body(), StandardCharsets.ISO_8859_1);
        String redacted = callback.account().redact(CREDENTIAL.matcher(body).replaceAll("$1xxxxxx"));
        return redacted.equals(body) ? callback.body() : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }
}
