package io.github.cameldaraja.examples.checkout.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.simulator.Prompt;
import java.util.List;
import java.util.Map;

/** A callback that claims a payment which never happened: what anybody could send who knows the open port. */
final class Forgery {

    private Forgery() {
    }

    static String of(Prompt prompt) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(Map.of("Body", Map.of("stkCallback", Map.of(
                "MerchantRequestID", "60417-90218335-1",
                "CheckoutRequestID", prompt.checkoutRequestId(),
                "ResultCode", 0,
                "ResultDesc", "The service request is processed successfully.",
                "CallbackMetadata", Map.of("Item", List.of(
                        Map.of("Name", "Amount", "Value", prompt.amount()),
                        Map.of("Name", "MpesaReceiptNumber", "Value", "UKL4FAKE7Z"),
                        Map.of("Name", "PhoneNumber", "Value", Long.parseLong(prompt.phone()))))))));
    }
}
