package io.github.cameldaraja.account;

import io.github.cameldaraja.api.Merchant;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.RegisteredUrl;

/** What one account fills into one request. */
final class AccountOwned implements Owned {

    private final Account account;
    private final RequestIdentity request;
    private final String timestamp;

    AccountOwned(Account account, RequestIdentity request, String timestamp) {
        this.account = account;
        this.request = request;
        this.timestamp = timestamp;
    }

    @Override
    public Merchant merchant() {
        return account.merchant();
    }

    @Override
    public String reference() {
        return request.reference();
    }

    @Override
    public String timestamp() {
        return timestamp;
    }

    @Override
    public String password() {
        return account.password(timestamp);
    }

    @Override
    public String initiatorName() {
        return account.initiatorName();
    }

    @Override
    public String securityCredential() {
        return account.securityCredential();
    }

    @Override
    public String resultUrl() {
        return account.callbackUrl(request.result(), request.reference());
    }

    @Override
    public String timeoutUrl() {
        return account.callbackUrl(request.timeout(), request.reference());
    }

    @Override
    public String originatorConversationId() {
        return request.originatorConversationId();
    }

    @Override
    public String registeredUrl(RegisteredUrl url) {
        return account.registeredUrl(url);
    }

    @Override
    public String billManagerPath() {
        return account.billManagerPath();
    }

    @Override
    public String billManagerAppKey() {
        return account.billManagerAppKey();
    }

    @Override
    public String toString() {
        return "Owned[" + account.name() + ", " + request.reference() + "]";
    }
}
