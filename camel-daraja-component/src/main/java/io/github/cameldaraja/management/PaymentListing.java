package io.github.cameldaraja.management;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PhoneNumbers;
import io.github.cameldaraja.transaction.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;

/** A payment as it is listed for the eyes of who runs payments: whole numbers of people are masked. */
final class PaymentListing {

    private PaymentListing() {
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
        listed.put("resultCode", known.resultCode());
        listed.put("source", known.source());
        listed.put("createdAt", payment.createdAt());
        listed.put("updatedAt", payment.updatedAt());
        listed.put("acknowledged", payment.acknowledgement() != null);
        listed.put("questions", payment.questions());
        listed.put("nextLookAt", payment.dueAt());
        return listed;
    }
}
