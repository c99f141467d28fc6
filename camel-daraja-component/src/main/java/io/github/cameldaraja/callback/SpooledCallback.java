package io.github.cameldaraja.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.cameldaraja.account.Account;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A callback in a file of the spool: what it takes to handle it later, without credentials and without its capability. The seal
 * says that the account's own process has written it.
 *
 * @param version of this form
 * @param seal    null if the account has no secret
 */
record SpooledCallback(int version, String account, char kind, String reference, String sender, boolean listed,
                       Instant receivedAt, byte[] body, String seal) {

    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    static SpooledCallback of(CallbackRequest callback) {
        SpooledCallback plain = new SpooledCallback(VERSION, callback.account().name(), callback.kind(), callback.reference(),
                callback.sender(), callback.listed(), callback.receivedAt(), RawCallbacks.redactedForLater(callback), null);
        return plain.withSeal(callback.account().seal(plain.digest()));
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it holds no callback, or one in a form that a later version has written
     */
    static SpooledCallback read(byte[] file) {
        SpooledCallback read;
        try {
            read = MAPPER.readValue(file, SpooledCallback.class);
        } catch (JsonProcessingException e) {
            // without the text, which names people
            throw new IllegalArgumentException("it is no callback: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
        if (read == null || read.version < 1) {
            throw new IllegalArgumentException("it is no callback");
        }
        if (read.version > VERSION) {
            throw new IllegalArgumentException("a later version of the component has written it");
        }
        if (read.account == null || read.reference == null || read.receivedAt == null || read.body == null) {
            throw new IllegalArgumentException("a part of it is missing");
        }
        return read;
    }

    byte[] write() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a callback cannot be written as JSON", e);
        }
    }

    /** Whether it was laid aside for this account and not changed since. */
    boolean isSealedBy(Account account) {
        return account.hasSealed(digest(), seal);
    }

    CallbackRequest request(Account account) {
        return new CallbackRequest(account, kind, reference, sender, listed, receivedAt, body);
    }

    private SpooledCallback withSeal(String seal) {
        return new SpooledCallback(version, account, kind, reference, sender, listed, receivedAt, body, seal);
    }

    private String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // each part with its length, so that none can reach into the next
            try (DataOutputStream out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256))) {
                out.writeInt(version);
                out.writeUTF(account);
                out.writeChar(kind);
                out.writeUTF(reference);
                out.writeBoolean(sender != null);
                out.writeUTF(sender == null ? "" : sender);
                out.writeBoolean(listed);
                out.writeUTF(receivedAt.toString());
                out.write(body);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a part of the callback is too long", e);
        }
    }

    @Override
    public String toString() {
        return "SpooledCallback[" + kind + ' ' + reference + " of " + account + ", " + receivedAt + "]";
    }
}
