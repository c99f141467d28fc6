package io.github.cameldaraja.examples.paybill;

import io.github.cameldaraja.api.C2bPayment;
import io.github.cameldaraja.api.C2bValidation;
import java.util.Optional;
import java.util.UUID;

/** Says whether a payment may happen. The codes select the text message that the customer gets. */
public class AccountCheck {

    private static final String UNKNOWN_ACCOUNT = "C2B00012";
    private static final String INVALID_AMOUNT = "C2B00013";

    private final AccountBook book;

    public AccountCheck(AccountBook book) {
        this.book = book;
    }

    /** Nothing is booked here: the customer may still give up, or have too little money. */
    public C2bValidation.Reply answer(C2bPayment question) {
        Optional<Account> account = book.find(AccountNumber.normalise(question.accountReference()));
        if (account.isEmpty()) {
            return C2bValidation.reject(UNKNOWN_ACCOUNT, "no such account");
        }
        if (!account.get().takes(question.amount())) {
            return C2bValidation.reject(INVALID_AMOUNT, "amount out of bounds");
        }
        // comes back in the confirmation, and says there that we were asked
        return C2bValidation.accept("V" + UUID.randomUUID().toString().replace("-", "").substring(0, 15));
    }
}
