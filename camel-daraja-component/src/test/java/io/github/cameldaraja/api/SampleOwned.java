package io.github.cameldaraja.api;

import java.util.Map;

/** Fills in what a sample says, or values that are easy to recognise. */
public final class SampleOwned implements Owned {

    private final Map<String, Object> sample;

    /**
     * @param sample the request that is wanted, by wire name
     */
    public SampleOwned(Map<String, Object> sample) {
        this.sample = sample;
    }

    private String value(String otherwise, String... names) {
        for (String name : names) {
            if (sample.get(name) != null) {
                return sample.get(name).toString();
            }
        }
        return otherwise;
    }

    @Override
    public Merchant merchant() {
        String shortCode = value("574300", "BusinessShortCode", "ShortCode", "shortcode", "shortCode",
                "receiverShortCode", "PartyA", "ReceiverParty");
        String receiver = sample.containsKey("BusinessShortCode") ? value(shortCode, "PartyB") : shortCode;
        return new Merchant(shortCode, receiver.equals(shortCode) ? null : receiver);
    }

    @Override
    public String reference() {
        return value("0192f5b6c7d8e9f00112233445566778", "RequestRefID");
    }

    @Override
    public String timestamp() {
        return value("20261121093000", "Timestamp");
    }

    @Override
    public String password() {
        return value("cGFzc3dvcmQ=", "Password");
    }

    @Override
    public String initiatorName() {
        return value("operator", "Initiator", "InitiatorName");
    }

    @Override
    public String securityCredential() {
        return value("Y3JlZGVudGlhbA==", "SecurityCredential");
    }

    @Override
    public String resultUrl() {
        return value("https://pay.example.com/d/1", "ResultURL", "CallBackURL", "callbackUrl");
    }

    @Override
    public String timeoutUrl() {
        return value("https://pay.example.com/d/2", "QueueTimeOutURL");
    }

    @Override
    public String originatorConversationId() {
        return value("aa11bb22cc33dd44ee55ff6600778899", "OriginatorConversationID");
    }

    @Override
    public String registeredUrl(RegisteredUrl url) {
        return switch (url) {
            case C2B_CONFIRMATION -> value("https://pay.example.com/d/4", "ConfirmationURL");
            case C2B_VALIDATION -> value("https://pay.example.com/d/3", "ValidationURL");
            case BILL_PAYMENT -> value("https://pay.example.com/d/5", "callbackurl");
            case PULL -> value("https://pay.example.com/d/6", "CallBackURL");
        };
    }

    @Override
    public String billManagerPath() {
        return "/v1/billmanager-invoice";
    }

    @Override
    public String billManagerAppKey() {
        return "app-key-of-a-sample";
    }
}
