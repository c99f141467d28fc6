package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Balance;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A database as version 1 of the tables has left it: its rows, letter by letter, and the payments that they were. */
final class VersionOne {

    static final Instant THEN = Instant.parse("2026-11-01T06:30:00.123456Z");
    static final String KEY = "order 1";
    static final byte[] BODY = "{\"Body\":\"é\"}".getBytes(StandardCharsets.UTF_8);

    private static final String FULL = """
            {"idempotencyKey":"order 1","phoneNumber":"254712345678","accountReference":"INV \\u0000","ownId":"own",\
            "metadata":{"cart":"7"},"acknowledgement":{"operation":"b2c","account":"shop","reference":"full","status":"PENDING","responseCode":"0",\
            "responseDescription":"Accept the service request successfully.","merchantRequestId":"m","checkoutRequestId":"c",\
            "conversationId":"v","originatorConversationId":"o","customerMessage":"Please wait"},\
            "outcome":{"operation":"b2c","account":"shop","reference":"full","idempotencyKey":"order 1","status":"FAILED","resultCode":"2001",\
            "resultDescription":"The initiator information is invalid.","resultCategory":"MERCHANT","retriable":true,\
            "receiptNumber":"UKL7ABCDE1","amount":1500.50,"phoneNumber":"254712345678","transactionDate":"2026-11-21T12:00:00+03:00",\
            "accountReference":"INV-1","merchantRequestId":"m","checkoutRequestId":"c","conversationId":"v",\
            "originatorConversationId":"o","source":"CALLBACK","verdict":"offRange","metadata":{"cart":"7"},"balances":[{"account":\
            "Utility Account","currency":"KES","current":1,"available":2.00,"uncleared":0}],"details":{"Amount":1500.50,\
            "Note":"\\u00DCnal \\uD83D\\uDE00","Nothing":null}}}""";
    private static final String ARRIVAL = """
            {"metadata":{},"held":{"operation":"c2bConfirmation","account":"shop","reference":"arrival","status":"COMPLETED","receiptNumber":"UKL7ARRIVE",\
            "amount":10,"source":"CONFIRMATION","metadata":{},"balances":[],"details":{}}}""";
    private static final String BARE = "{\"metadata\":{}}";

    private VersionOne() {
    }

    /**
     * Makes it.
     *
     * @return the payments that are in it
     */
    static List<Transaction> fill(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Dialect dialect = Dialect.of(connection);
            Schema.migrate(dataSource, dialect, "1");
            Session session = new Session(connection, dialect);
            Vault vault = new SecretTable().open(session, new SealingKey(Nodes.SECRET), null);
            String key = vault.index("key", KEY);
            insert(session, vault, FULL, "fingerprint", "full", "b2c", "FAILED", false, new BigDecimal("1500.50"), 2, THEN,
                    THEN.plusSeconds(1), true, 3, false, null, key);
            insert(session, vault, BARE, "f", "bare", "stkPush", "INITIATED", false, new BigDecimal("1"), 0, THEN, THEN, false, 0, false,
                    THEN, null);
            insert(session, vault, BARE, "f", "question", "accountBalance", "PENDING", false, null, null, THEN, THEN, false, 0, false,
                    THEN.plusSeconds(3600), null);
            insert(session, vault, ARRIVAL, null, "arrival", "c2bConfirmation", "PENDING", false, new BigDecimal("10"), 0, THEN, THEN,
                    false, 0, true, THEN.plusSeconds(30), null);
            session.update("insert into daraja_receipt (short_code, receipt, reference) values (?, ?, ?)", "174379", "UKL7ABCDE1",
                    "full");
            session.update("insert into daraja_key (operation, account, key_hash, reference) values (?, ?, ?, ?)", "b2c", "shop",
                    key, "full");
            for (String id : List.of("c", "v", "o")) {
                session.update("insert into daraja_request_id (id, reference) values (?, ?)", vault.index("id", id), "full");
            }
            session.update("insert into daraja_cursor (name, reached) values (?, ?)", "pull/shop", "2026-11-01");
            Sealed body = vault.seal(BODY, "callback/4711");
            session.update("insert into daraja_raw_callback (id, reference, account, received_at, verdict, sender, key_id, body)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?)", "4711", "full", "shop", THEN, "OFF_RANGE", "127.0.0.1", body.keyId(),
                    body.value());
            session.update("insert into daraja_phone (phone_hash, subject) values (?, ?)", vault.hash("254712345678"), "full");
        }
        return List.of(full(), bare(), question(), arrival());
    }

    private static void insert(Session session, Vault vault, String personal, String fingerprint, String reference, Object... more)
            throws SQLException {
        Sealed print = vault.seal(fingerprint, "fingerprint/" + reference);
        Object[] values = new Object[more.length + 5];
        values[0] = "shop";
        values[1] = "174379";
        values[2] = print == null ? null : print.value();
        values[3] = print == null ? null : print.keyId();
        values[4] = reference;
        System.arraycopy(more, 0, values, 5, more.length);
        session.update("insert into daraja_payment (account, short_code, fingerprint, key_id, reference, operation, status, ended,"
                + " amount, amount_scale, created_at, updated_at, disputed, questions, held, due_at, key_hash) values ("
                + "?, ".repeat(values.length - 1) + "?)", values);
        Sealed sealed = vault.seal(personal, "payment/" + reference);
        session.update("insert into daraja_personal (reference, since, key_id, sealed) values (?, ?, ?, ?)", reference, THEN,
                sealed.keyId(), sealed.value());
    }

    private static Transaction full() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("Amount", new BigDecimal("1500.50"));
        details.put("Note", "Ünal \ud83d\ude00");
        details.put("Nothing", null);
        Outcome outcome = new Outcome("b2c", "shop", "full", KEY, PaymentStatus.FAILED, "2001", "The initiator information is invalid.",
                ResultCategory.MERCHANT, true, "UKL7ABCDE1", new BigDecimal("1500.50"), "254712345678",
                OffsetDateTime.parse("2026-11-21T12:00:00+03:00"), "INV-1", "m", "c", "v", "o", Source.CALLBACK, Verdict.OFF_RANGE,
                Map.of("cart", "7"), List.of(new Balance("Utility Account", "KES", BigDecimal.ONE, new BigDecimal("2.00"), null,
                        BigDecimal.ZERO)), details);
        return payment("full", "b2c", KEY, PaymentStatus.FAILED, "fingerprint", new BigDecimal("1500.50"), "254712345678", "INV \0", "own",
                Map.of("cart", "7"), THEN.plusSeconds(1), new Acknowledgement("b2c", "shop", "full", PaymentStatus.PENDING, "0",
                        "Accept the service request successfully.", "m", "c", "v", "o", "Please wait"), outcome, true, 3, null, null);
    }

    private static Transaction bare() {
        return payment("bare", "stkPush", null, PaymentStatus.INITIATED, "f", BigDecimal.ONE, null, null, null, null, THEN, null, null,
                false, 0, null, THEN);
    }

    private static Transaction question() {
        return payment("question", "accountBalance", null, PaymentStatus.PENDING, "f", null, null, null, null, null, THEN, null, null,
                false, 0, null, THEN.plusSeconds(3600));
    }

    private static Transaction arrival() {
        Outcome held = Outcome.builder().operation("c2bConfirmation").account("shop").reference("arrival")
                .status(PaymentStatus.COMPLETED).receiptNumber("UKL7ARRIVE").amount(BigDecimal.TEN).source(Source.CONFIRMATION).build();
        return payment("arrival", "c2bConfirmation", null, PaymentStatus.PENDING, null, BigDecimal.TEN, null, null, null, null, THEN,
                null, null, false, 0, held, THEN.plusSeconds(30));
    }

    private static Transaction payment(String reference, String operation, String key, PaymentStatus status, String fingerprint,
                                       BigDecimal amount, String phone, String accountReference, String ownId,
                                       Map<String, String> metadata, Instant updatedAt, Acknowledgement acknowledgement,
                                       Outcome outcome, boolean disputed, int questions, Outcome held, Instant dueAt) {
        return new Transaction(reference, "default", operation, "shop", "174379", key, 1, status, fingerprint, amount, phone,
                accountReference, ownId, metadata, null, THEN, updatedAt, acknowledgement, outcome, disputed, questions, held, dueAt, null, 0);
    }
}
