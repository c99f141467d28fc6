package io.github.cameldaraja.management;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PhoneNumbers;
import io.github.cameldaraja.transaction.KeyHolder;
import io.github.cameldaraja.transaction.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;

/** A payment as it is listed for the eyes of who runs payments: whole numbers of people are masked. */
final class PaymentListing {

    private PaymentListing() {
    }

    /** What a key knows of a payment that is kept no longer. */
    static Map<String, Object> of(KeyHolder gone) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("reference", gone.reference());
        listed.put("operation", gone.operation());
        listed.put("account", gone.account());
        listed.put("status", gone.status());
        listed.put("updatedAt", DeskWork.moment(gone.endedAt()));
        listed.put("kept", false);
        return listed;
    }

    static Map<String, Object> of(Transaction payment) {
        Outcome known = payment.toOutcome();
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("reference", payment.reference());
        listed.put("operation", payment.operation());
        listed.put("account", payment.account());
        listed.put("shortCode", payment.shortCode());
        listed.put("status", payment.status());
        listed.put("disputed", payment.disputed());
        listed.put("amount", payment.amount());
        listed.put("receiptNumber", known.receiptNumber());
        listed.put("phoneNumber", PhoneNumbers.mask(known.phoneNumber() == null ? payment.phoneNumber() : known.phoneNumber()));
        listed.put("accountReference", PhoneNumbers.maskWhole(payment.accountReference()));
        listed.put("idempotencyKey", PhoneNumbers.maskWhole(payment.idempotencyKey()));
        listed.put("attempt", payment.attempt());
        listed.put("resultCode", known.resultCode());
        listed.put("source", known.source());
        listed.put("createdAt", DeskWork.moment(payment.createdAt()));
        listed.put("updatedAt", DeskWork.moment(payment.updatedAt()));
        listed.put("acknowledged", payment.acknowledgement() != null);
        listed.put("questions", payment.questions());
        listed.put("nextLookAt", DeskWork.moment(payment.dueAt()));
        return listed;
    }
}
