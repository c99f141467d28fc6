package io.github.cameldaraja;

import io.github.cameldaraja.api.Acknowledgement;

/** Bodies of STK callbacks, written by hand. */
public final class CallbackTexts {

    private CallbackTexts() {
    }

    /** Paid. */
    public static String paid(Acknowledgement ids, Object amount, String receipt) {
        return paid(ids.checkoutRequestId(), """
                {"Name":"Amount","Value":%s},{"Name":"MpesaReceiptNumber","Value":"%s"},{"Name":"Balance"},
                {"Name":"TransactionDate","Value":20261104120102},{"Name":"PhoneNumber","Value":%s}"""
                .formatted(amount, receipt, Shop.CUSTOMER));
    }

    /** Paid, with these items. */
    public static String paid(String checkoutRequestId, String items) {
        return """
                {"Body":{"stkCallback":{"MerchantRequestID":"m-1","CheckoutRequestID":"%s","ResultCode":0,
                "ResultDesc":"The service request is processed successfully.","CallbackMetadata":{"Item":[%s]}}}}"""
                .formatted(checkoutRequestId, items);
    }

    /** Not paid. */
    public static String failed(Acknowledgement ids, int code) {
        return """
                {"Body":{"stkCallback":{"MerchantRequestID":"%s","CheckoutRequestID":"%s","ResultCode":%d,"ResultDesc":"no"}}}"""
                .formatted(ids.merchantRequestId(), ids.checkoutRequestId(), code);
    }
}
