package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Erasure;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is stored about a person, found by phone number. */
final class People {

    private static final Comparator<Transaction> BY_AGE = Comparator.comparing(Transaction::createdAt)
            .thenComparing(Transaction::reference);

    private final PaymentTable payments;
    private final DeliveryTable deliveries;
    private final RawCallbackTable callbacks;
    private final PhoneTable phones;

    People(Vault vault) {
        this.payments = new PaymentTable(vault);
        this.deliveries = new DeliveryTable(vault);
        this.callbacks = new RawCallbackTable(vault);
        this.phones = new PhoneTable(vault);
    }

    PersonalData export(Session session, String phoneNumber) throws SQLException {
        List<Transaction> theirs = new ArrayList<>();
        List<Delivery> undelivered = new ArrayList<>();
        Set<String> messageIds = new LinkedHashSet<>();
        for (String subject : phones.subjects(session, phoneNumber)) {
            Transaction payment = payments.find(session, subject);
            if (payment == null) {
                messageIds.add(subject);
            } else {
                theirs.add(payment);
                undelivered.addAll(deliveries.undelivered(session, subject));
                messageIds.addAll(callbacks.about(session, subject));
            }
        }
        theirs.sort(BY_AGE);
        List<RawCallback> messages = new ArrayList<>();
        for (String id : messageIds) {
            RawCallback message = callbacks.find(session, id);
            if (message != null) {
                messages.add(message);
            }
        }
        messages.sort(Comparator.comparing(RawCallback::receivedAt));
        return PersonalData.of(phoneNumber, theirs, messages, undelivered);
    }

    Erasure erase(Session session, String phoneNumber) throws SQLException {
        int erased = 0;
        List<String> left = new ArrayList<>();
        Set<String> messageIds = new LinkedHashSet<>();
        for (String subject : phones.subjects(session, phoneNumber)) {
            Transaction payment = payments.lock(session, subject);
            if (payment == null) {
                messageIds.add(subject);
                continue;
            }
            messageIds.addAll(callbacks.about(session, subject));
            if (payment.isOver() && deliveries.isTold(session, subject)) {
                payments.makeNameless(session, subject);
                erased++;
            } else {
                left.add(subject);
            }
        }
        int gone = 0;
        int kept = 0;
        for (String id : messageIds) {
            if (callbacks.isSettled(session, id)) {
                callbacks.delete(session, id);
                gone++;
            } else if (callbacks.find(session, id) != null) {
                kept++;
            }
        }
        return new Erasure(erased, gone, left, kept);
    }
}
