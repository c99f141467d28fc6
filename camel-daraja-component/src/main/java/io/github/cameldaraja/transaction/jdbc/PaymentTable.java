package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.OpenCounts;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payments, one row each: what accounting needs, in clear and without names; what tells of people is in {@link PersonalTable}.
 * Times are kept to the microsecond.
 */
final class PaymentTable {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentTable.class);
    private static final String INSERT = "insert into daraja_payment (operation, account, short_code, status, ended, amount,"
            + " amount_scale, receipt, result_code, result_category, retriable, source, verdict, transaction_date,"
            + " merchant_request_id, conversation_id, originator_id, created_at, updated_at, disputed, questions, held,"
            + " due_at, application, attempt, waiter, told, reference, fingerprint, key_id, key_hash)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    // without what was written once and never changes: the hash of its key, whose text may be gone, among others
    private static final String UPDATE = "update daraja_payment set operation = ?, account = ?, short_code = ?, status = ?,"
            + " ended = ?, amount = ?, amount_scale = ?, receipt = ?, result_code = ?, result_category = ?, retriable = ?,"
            + " source = ?, verdict = ?, transaction_date = ?, merchant_request_id = ?, conversation_id = ?, originator_id = ?,"
            + " created_at = ?, updated_at = ?, disputed = ?, questions = ?, held = ?, due_at = ?, application = ?,"
            + " attempt = ?, waiter = ?, told = ? where reference = ?";
    private static final String UPDATE_FINGERPRINT = "update daraja_payment set fingerprint = ?, key_id = ? where reference = ?";
    private static final String SELECT = "select p.*, s.key_id personal_key_id, s.sealed personal from daraja_payment p"
            + " left join daraja_personal s on s.reference = p.reference";
    private static final String FIND = SELECT + " where p.reference = ?";
    // alone, for the fields that are read with the row must be those of the moment in which it is ours
    private static final String LOCK = "select reference from daraja_payment where reference = ? for update";
    private static final String ALIKE = SELECT + " where p.short_code = ? and p.amount = ? and p.created_at >= ?"
            + " and p.created_at <= ? order by p.created_at, p.reference";
    private static final String OPEN = SELECT + " where p.application = ? and p.ended = ? and p.amount is not null"
            + " and p.reference > ?";
    private static final String OF_ACCOUNT = " and p.account = ?";
    private static final String COUNT_OPEN = "select status, disputed, count(*) payments, min(created_at) oldest from daraja_payment"
            + " where application = ? and ended = ? and amount is not null group by status, disputed";
    private static final String FIRST_BY_REFERENCE = " order by p.reference fetch first ? rows only";
    // two queries, for no index serves "this time or else that one"; ordered by all columns of the index, or H2
    // sorts the whole period for each page
    private static final String IN_ORDER = " order by p.short_code, p.transaction_date, p.created_at, p.reference"
            + " fetch first ? rows only";
    private static final String BOOKED = SELECT + " where p.short_code = ? and p.amount is not null and p.transaction_date >= ?"
            + " and p.transaction_date < ? and (p.transaction_date > ? or p.created_at > ? or p.created_at = ? and p.reference > ?)"
            + IN_ORDER;
    private static final String UNDATED = SELECT + " where p.short_code = ? and p.amount is not null and p.transaction_date is null"
            + " and p.created_at >= ? and p.created_at < ? and (p.created_at > ? or p.reference > ?)" + IN_ORDER;
    // all that are held are due some time, and few others are
    private static final String HELD = SELECT + " where p.application = ? and p.due_at is not null and p.status = 'HELD'"
            + " order by p.created_at, p.reference fetch first ? rows only";
    // what somebody else is changing right now is left to the next time
    private static final String LOCK_DUE = "select reference from daraja_payment where application = ? and due_at <= ?"
            + " order by due_at, reference fetch first ? rows only for update skip locked";
    private static final String LEASE = "update daraja_payment set due_at = ? where reference = ?";
    private static final String CLEAR = "select * from daraja_payment where reference = ?";
    private static final Duration SET_ASIDE = Duration.ofHours(1);
    private static final ZoneOffset NAIROBI = ZoneOffset.ofHours(3);

    private final Vault vault;
    private final PersonalTable personal;

    PaymentTable(Vault vault) {
        this.vault = vault;
        this.personal = new PersonalTable(vault);
    }

    /** Fails if there is one of that reference. */
    void insert(Session session, Transaction payment) throws SQLException {
        session.update(INSERT, allValues(payment));
        personal.insert(session, payment);
    }

    boolean insertIfAbsent(Session session, Transaction payment) throws SQLException {
        boolean inserted = session.insertIfAbsent(INSERT, allValues(payment));
        if (inserted) {
            personal.insert(session, payment);
        }
        return inserted;
    }

    /** The payment or null. */
    Transaction find(Session session, String reference) throws SQLException {
        return session.first(this::read, FIND, reference);
    }

    /** The same as it is now; until the end of the transaction nobody else changes it. */
    Transaction lock(Session session, String reference) throws SQLException {
        return session.lock(row -> reference, LOCK, reference) == null ? null : find(session, reference);
    }

    /** Writes a payment that is locked. */
    void update(Session session, Transaction before, Transaction after) throws SQLException {
        session.update(UPDATE, values(after).toArray());
        if (!Objects.equals(after.fingerprint(), before.fingerprint())) {
            updateFingerprint(session, after);
        }
        personal.update(session, before, after);
    }

    /** Takes its personal fields away; it is locked. */
    void makeNameless(Session session, String reference) throws SQLException {
        personal.delete(session, reference);
    }

    /** Seals it with the present secret; it is locked. */
    void renew(Session session, Transaction payment) throws SQLException {
        updateFingerprint(session, payment);
        personal.renew(session, payment);
    }

    private void updateFingerprint(Session session, Transaction payment) throws SQLException {
        Sealed fingerprint = seal(payment);
        session.update(UPDATE_FINGERPRINT, value(fingerprint), keyId(fingerprint), payment.reference());
    }

    /** Removes a payment that is locked. */
    void delete(Session session, String reference) throws SQLException {
        session.update("delete from daraja_payment where reference = ?", reference);
        personal.delete(session, reference);
    }

    List<Transaction> alike(Session session, String shortCode, BigDecimal amount, Instant from, Instant until)
            throws SQLException {
        List<Transaction> alike = new ArrayList<>();
        session.all(row -> keep(row, alike), ALIKE, shortCode, amount, from, until);
        return alike;
    }

    List<Transaction> open(Session session, String application, String account, String after, int limit) throws SQLException {
        List<Transaction> open = new ArrayList<>();
        String last = after == null ? "" : after;
        // less than a page would look like the end, though only some of it cannot be read
        for (boolean more = true; more && open.size() < limit;) {
            int left = limit - open.size();
            List<String> page = account == null ? session.all(row -> keep(row, open), OPEN + FIRST_BY_REFERENCE, application, false, last,
                    left) : session.all(row -> keep(row, open), OPEN + OF_ACCOUNT + FIRST_BY_REFERENCE, application, false, last, account,
                    left);
            more = page.size() == left;
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        }
        return open;
    }

    OpenCounts countOpen(Session session, String application) throws SQLException {
        OpenCounts counts = OpenCounts.NONE;
        for (UnaryOperator<OpenCounts> group : session.<UnaryOperator<OpenCounts>>all(PaymentTable::counted, COUNT_OPEN, application, false)) {
            counts = group.apply(counts);
        }
        return counts;
    }

    private static UnaryOperator<OpenCounts> counted(ResultSet row) throws SQLException {
        PaymentStatus status = PaymentStatus.valueOf(row.getString("status"));
        boolean disputed = row.getBoolean("disputed");
        int payments = row.getInt("payments");
        Instant oldest = Session.instant(row, "oldest");
        return counts -> counts.with(status, disputed, payments, oldest);
    }

    /** By when they were booked, or else stored. */
    List<Transaction> booked(Session session, String shortCode, Instant from, Instant until, Transaction after, int limit)
            throws SQLException {
        Transaction last = after == null || after.bookedAt().isBefore(from) ? null : after;
        Instant stored = last == null ? Instant.EPOCH : last.createdAt();
        String beyond = last == null ? "" : last.reference();
        Instant start = last == null ? from : last.bookedAt();
        List<Transaction> found = new ArrayList<>(session.all(this::read, BOOKED, shortCode, start, until, start, stored, stored, beyond,
                limit));
        found.addAll(session.all(this::read, UNDATED, shortCode, start, until, start, beyond, limit));
        return found.stream().sorted(Transaction.BY_BOOKING).limit(limit).toList();
    }

    /** What a second person must approve. */
    List<Transaction> held(Session session, String application, int limit) throws SQLException {
        List<Transaction> held = new ArrayList<>();
        session.all(row -> keep(row, held), HELD, application, limit);
        return held;
    }

    private String keep(ResultSet row, List<Transaction> kept) throws SQLException {
        try {
            kept.add(read(row));
        } catch (UnreadableException e) {
            // whoever claims it says so
            LOG.debug("A payment is left out", e);
        }
        return row.getString("reference");
    }

    /** Locks what is due and leases it; as it was before. What cannot be read is due again in an hour. */
    Claimed<Transaction> claimDue(Session session, String application, Instant now, Instant lease, int limit) throws SQLException {
        List<Transaction> due = new ArrayList<>();
        List<Outcome> unreadable = new ArrayList<>();
        for (String reference : session.all(row -> row.getString(1), LOCK_DUE, application, now, limit)) {
            try {
                due.add(find(session, reference));
                session.update(LEASE, lease, reference);
            } catch (UnreadableException e) {
                unreadable.add(session.first(PaymentTable::outcome, CLEAR, reference).toBuilder().resultDescription(e.getMessage()).build());
                session.update(LEASE, now.plus(SET_ASIDE), reference);
            }
        }
        return new Claimed<>(due, unreadable);
    }

    /** The hash of the key that the payment was made with, or null. */
    String keyHash(Session session, String reference) throws SQLException {
        return session.first(row -> row.getString(1), "select key_hash from daraja_payment where reference = ?", reference);
    }

    private Object[] allValues(Transaction payment) {
        List<Object> values = values(payment);
        Sealed fingerprint = seal(payment);
        values.add(value(fingerprint));
        values.add(keyId(fingerprint));
        values.add(payment.idempotencyKey() == null ? null : KeyTable.hash(vault, payment));
        return values.toArray();
    }

    private static List<Object> values(Transaction payment) {
        Outcome known = payment.namelessOutcome();
        List<Object> values = new ArrayList<>();
        values.add(payment.operation());
        values.add(payment.account());
        values.add(payment.shortCode());
        values.add(payment.status().name());
        values.add(payment.isOver());
        values.add(payment.amount());
        values.add(payment.amount() == null ? null : payment.amount().scale());
        values.add(StoredText.cut(known.receiptNumber(), 200));
        values.add(StoredText.cut(known.resultCode(), 100));
        values.add(name(known.resultCategory()));
        values.add(known.retriable());
        values.add(name(known.source()));
        values.add(name(known.verdict()));
        values.add(known.transactionDate() == null ? null : known.transactionDate().toInstant());
        values.add(StoredText.cut(known.merchantRequestId(), 200));
        values.add(StoredText.cut(known.conversationId(), 200));
        values.add(StoredText.cut(known.originatorConversationId(), 200));
        values.add(payment.createdAt());
        values.add(payment.updatedAt());
        values.add(payment.disputed());
        values.add(payment.questions());
        values.add(payment.held() != null);
        values.add(payment.dueAt());
        values.add(payment.application());
        values.add(payment.attempt());
        values.add(payment.waiter());
        values.add(payment.told());
        values.add(payment.reference());
        return values;
    }

    private Transaction read(ResultSet row) throws SQLException {
        String reference = row.getString("reference");
        Personal whole = personal.read(row);
        // gone, that is: only of what is over
        Personal fields = whole == null ? new Personal(null, null, null, null, null, null, outcome(row), null, null) : whole;
        return new Transaction(reference,
                row.getString("application"),
                row.getString("operation"),
                row.getString("account"),
                row.getString("short_code"),
                fields.idempotencyKey(),
                row.getInt("attempt"),
                PaymentStatus.valueOf(row.getString("status")),
                vault.open(Sealed.of(row, "fingerprint"), fingerprintOf(reference)),
                amount(row),
                fields.phoneNumber(),
                fields.accountReference(),
                fields.ownId(),
                fields.metadata(),
                fields.repetition(),
                Session.instant(row, "created_at"),
                Session.instant(row, "updated_at"),
                fields.acknowledgement(),
                fields.outcome(),
                row.getBoolean("disputed"),
                row.getInt("questions"),
                fields.held(),
                Session.instant(row, "due_at"),
                row.getString("waiter"),
                row.getInt("told"));
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        Instant date = Session.instant(row, "transaction_date");
        String category = row.getString("result_category");
        String source = row.getString("source");
        String verdict = row.getString("verdict");
        return Outcome.builder()
                .operation(row.getString("operation"))
                .account(row.getString("account"))
                .reference(row.getString("reference"))
                .status(PaymentStatus.valueOf(row.getString("status")))
                .resultCode(StoredText.read(row.getString("result_code")))
                .resultCategory(category == null ? null : ResultCategory.valueOf(category))
                .retriable(row.getObject("retriable", Boolean.class))
                .receiptNumber(StoredText.read(row.getString("receipt")))
                .amount(amount(row))
                .transactionDate(date == null ? null : OffsetDateTime.ofInstant(date, NAIROBI))
                .merchantRequestId(StoredText.read(row.getString("merchant_request_id")))
                .conversationId(StoredText.read(row.getString("conversation_id")))
                .originatorConversationId(StoredText.read(row.getString("originator_id")))
                .source(source == null ? null : Source.valueOf(source))
                .verdict(verdict == null ? null : Verdict.valueOf(verdict))
                .build();
    }

    private Sealed seal(Transaction payment) {
        return vault.seal(payment.fingerprint(), fingerprintOf(payment.reference()));
    }

    private static byte[] value(Sealed sealed) {
        return sealed == null ? null : sealed.value();
    }

    private static String keyId(Sealed sealed) {
        return sealed == null ? null : sealed.keyId();
    }

    private static String fingerprintOf(String reference) {
        return "fingerprint/" + reference;
    }

    private static String name(Enum<?> value) {
        return value == null ? null : value.name();
    }

    // H2 forgets how it was written
    private static BigDecimal amount(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        return amount == null ? null : amount.setScale(row.getInt("amount_scale"));
    }
}
