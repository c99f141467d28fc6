package io.github.cameldaraja;

import io.github.cameldaraja.account.Accounts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of one endpoint. Secrets are none of them: they belong to the account. */
@UriParams
public class DarajaConfiguration {

    @UriParam(label = "common", defaultValue = "default",
              description = "The account: a name from the component's accounts, or default for the component's own "
            + "settings. A consumer may use an asterisk, for all accounts.")
    private String account = Accounts.DEFAULT;
    @UriParam(label = "producer",
              description = "Pins the phone number that gets the prompt, in any Kenyan form. A body that says another "
            + "is refused.")
    private String phoneNumber;
    @UriParam(label = "producer",
              description = "Pins the amount in whole shillings. A body that says another is refused.")
    private String amount;
    @UriParam(label = "producer",
              description = "Pins the account reference, at most 12 characters, which the customer sees. Left out "
            + "everywhere, it is a short form of our reference.")
    private String accountReference;
    @UriParam(label = "producer",
              description = "Pins the description, at most 13 characters.")
    private String transactionDesc;
    @UriParam(label = "producer", enums = "CustomerPayBillOnline,CustomerBuyGoodsOnline",
              description = "Pins the transaction type. Left out everywhere, it is CustomerBuyGoodsOnline for an "
            + "account with a till and CustomerPayBillOnline otherwise.")
    private String transactionType;
    @UriParam(label = "producer",
              description = "Pins the push that stkQuery asks about.")
    private String checkoutRequestId;
    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether headers that begin with CamelDarajaRequest may fill fields that the body leaves "
            + "out. They are removed once read.")
    private boolean requestHeaders;
    @UriParam(label = "producer",
              description = "A key, or a simple expression for one such as ${header.orderId}: as long as a payment "
            + "with this key may have moved, did move or finally failed, a second one is not started but "
            + "joined.")
    private String idempotencyKey;
    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether the exchange waits, without a thread, and goes on with the outcome instead of the "
            + "acknowledgement.")
    private boolean awaitOutcome;
    @UriParam(label = "producer", defaultValue = "90s", javaType = "java.time.Duration",
              description = "How long the exchange waits for the outcome. After that it goes on with status UNKNOWN; "
            + "the payment stays as it is.")
    private Duration outcomeTimeout = Duration.ofSeconds(90);
    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether an awaited outcome that is not COMPLETED is thrown: a failure as "
            + "DarajaPaymentFailedException, UNKNOWN after the timeout as DarajaOutcomeUnknownException. By default a "
            + "business outcome never throws.")
    private boolean throwExceptionOnFailure;
    @UriParam(label = "consumer", defaultValue = "default",
              description = "Consumers of one group share the outcomes; each group gets all of them.")
    private String group = "default";

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public String getPhoneNumber() {
        return phoneNumber;
    }

    public void setPhoneNumber(String phoneNumber) {
        this.phoneNumber = phoneNumber;
    }

    public String getAmount() {
        return amount;
    }

    public void setAmount(String amount) {
        this.amount = amount;
    }

    public String getAccountReference() {
        return accountReference;
    }

    public void setAccountReference(String accountReference) {
        this.accountReference = accountReference;
    }

    public String getTransactionDesc() {
        return transactionDesc;
    }

    public void setTransactionDesc(String transactionDesc) {
        this.transactionDesc = transactionDesc;
    }

    public String getTransactionType() {
        return transactionType;
    }

    public void setTransactionType(String transactionType) {
        this.transactionType = transactionType;
    }

    public String getCheckoutRequestId() {
        return checkoutRequestId;
    }

    public void setCheckoutRequestId(String checkoutRequestId) {
        this.checkoutRequestId = checkoutRequestId;
    }

    public boolean isRequestHeaders() {
        return requestHeaders;
    }

    public void setRequestHeaders(boolean requestHeaders) {
        this.requestHeaders = requestHeaders;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    public boolean isAwaitOutcome() {
        return awaitOutcome;
    }

    public void setAwaitOutcome(boolean awaitOutcome) {
        this.awaitOutcome = awaitOutcome;
    }

    public Duration getOutcomeTimeout() {
        return outcomeTimeout;
    }

    public void setOutcomeTimeout(Duration outcomeTimeout) {
        this.outcomeTimeout = outcomeTimeout;
    }

    public boolean isThrowExceptionOnFailure() {
        return throwExceptionOnFailure;
    }

    public void setThrowExceptionOnFailure(boolean throwExceptionOnFailure) {
        this.throwExceptionOnFailure = throwExceptionOnFailure;
    }

    public String getGroup() {
        return group;
    }

    public void setGroup(String group) {
        this.group = group;
    }

    /** What the URI pins, by the field's name on the wire. */
    Map<String, String> pinned() {
        Map<String, String> pinned = new LinkedHashMap<>();
        put(pinned, "PhoneNumber", phoneNumber);
        put(pinned, "Amount", amount);
        put(pinned, "AccountReference", accountReference);
        put(pinned, "TransactionDesc", transactionDesc);
        put(pinned, "TransactionType", transactionType);
        put(pinned, "CheckoutRequestID", checkoutRequestId);
        return pinned;
    }

    private static void put(Map<String, String> pinned, String field, String value) {
        if (value != null) {
            pinned.put(field, value);
        }
    }
}
