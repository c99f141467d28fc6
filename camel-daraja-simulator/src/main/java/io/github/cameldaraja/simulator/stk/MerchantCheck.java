package io.github.cameldaraja.simulator.stk;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * Whether short code and password are those of the merchant.
 */
final class MerchantCheck {

    private final Credentials merchant;
    private final Answers answers;

    MerchantCheck(Credentials merchant, Answers answers) {
        this.merchant = merchant;
        this.answers = answers;
    }

    void check(String shortCode, String password, String timestamp) {
        if (!shortCode.equals(merchant.shortCode()) && !shortCode.equals(merchant.storeNumber())) {
            throw new Refused(answers.wrongState("Merchant does not exist"));
        }
        byte[] clear = (shortCode + merchant.passkey() + timestamp).getBytes(StandardCharsets.UTF_8);
        if (!Base64.getEncoder().encodeToString(clear).equals(password)) {
            throw new Refused(answers.wrongState("Wrong credentials"));
        }
    }

    /** Whether type, short code and receiver belong together. */
    boolean permits(PushRequest push) {
        if (push.buyGoods()) {
            return push.shortCode().equals(merchant.storeNumber()) && push.partyB().equals(merchant.tillNumber());
        }
        return push.shortCode().equals(merchant.shortCode()) && push.partyB().equals(merchant.shortCode());
    }
}
