package io.github.cameldaraja.api;

/** What the component would fill in for a merchant with registered URLs. */
record MerchantOwned(Merchant merchant, String urls, String billManagerPath, String appKey) implements Owned {

    static MerchantOwned payBill() {
        return new MerchantOwned(new Merchant("601426", null), "https://pay.example.com/d/", "/v1/billmanager-invoice",
                "AG_55aa66bb77_0099887766");
    }

    static MerchantOwned till() {
        return new MerchantOwned(new Merchant("601426", "5204811"), "https://pay.example.com/d/", "/v1/billmanager-invoice", null);
    }

    @Override
    public String registeredUrl(RegisteredUrl url) {
        return urls + url.kind();
    }

    @Override
    public String billManagerAppKey() {
        return appKey;
    }

    @Override
    public String reference() {
        return null;
    }

    @Override
    public String timestamp() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String password() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String initiatorName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String securityCredential() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String resultUrl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String timeoutUrl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String originatorConversationId() {
        throw new UnsupportedOperationException();
    }
}
