package io.github.cameldaraja;

import io.github.cameldaraja.account.Accounts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of one endpoint. Secrets are none of them: they belong to the account. */
@UriParams
public class DarajaConfiguration {

    /** Instead of an account's name, for consumers. */
    static final String ALL_ACCOUNTS = "*";

    @UriParam(label = "common", defaultValue = "default",
              description = "The account: a name from the component's accounts, or default for the component's own "
            + "settings. A consumer may use an asterisk, for all accounts.")
    private String account = Accounts.DEFAULT;
    @UriParam(label = "producer",
              description = "Pins the customer's phone number, in any Kenyan form: who gets the prompt, or the money. A body that "
            + "says another is refused.")
    private String phoneNumber;
    @UriParam(label = "producer",
              description = "Pins the amount in whole shillings. A body that says another is refused.")
    private String amount;
    @UriParam(label = "producer",
              description = "Pins what is paid for. Of stkPush, standingOrder and b2bExpress it is, left out everywhere, a short form "
            + "of our reference.")
    private String accountReference;
    @UriParam(label = "producer",
              description = "Pins the description, at most 13 characters.")
    private String transactionDesc;
    @UriParam(label = "producer",
              description = "Pins the transaction type. Left out everywhere, it is CustomerBuyGoodsOnline for an "
            + "account with a till and CustomerPayBillOnline otherwise.")
    private String transactionType;
    @UriParam(label = "producer",
              description = "Pins the push that stkQuery asks about.")
    private String checkoutRequestId;
    @UriParam(label = "producer",
              description = "Pins the CommandID of b2c, b2b and c2bSimulate: what kind of payment it is.")
    private String commandId;
    @UriParam(label = "producer",
              description = "Pins the other organisation: the short code or till that b2b pays, that qrCode names or "
            + "organizationInfo asks about.")
    private String receiver;
    @UriParam(label = "producer",
              description = "Pins the identifier type of the receiver: 4 short code, 2 till. Left out, it follows "
            + "from the CommandID.")
    private String receiverType;
    @UriParam(label = "producer",
              description = "Pins the receipt that transactionStatus asks about or reversal reverses.")
    private String transactionId;
    @UriParam(label = "producer",
              description = "Pins the OriginatorConversationID that transactionStatus asks about.")
    private String originalConversationId;
    @UriParam(label = "producer",
              description = "Pins the identifier type of the own party: 4 short code, 2 till, 1 phone number.")
    private String identifierType;
    @UriParam(label = "producer",
              description = "Pins the remarks of the APIs that have them. Left out, they are a word that says what it is, Payment "
            + "for instance.")
    private String remarks;
    @UriParam(label = "producer",
              description = "Pins the occasion of the APIs that have one.")
    private String occasion;
    @UriParam(label = "producer",
              description = "Pins the version of the API where several exist: v3, v1 or validated of b2c, v2 or v1 of "
            + "c2bRegister and c2bSimulate.")
    private String version;
    @UriParam(label = "producer",
              description = "Pins the command of iotSim and bonga.")
    private String command;
    @UriParam(label = "common",
              description = "For invoke: the path to call, below the base URL. In from(c2bConfirmation): the path of a confirmation "
            + "URL that was registered earlier, served besides our own. It carries no capability, so it needs "
            + "callbackSources, and payments are verified unless verify=false.")
    private String path;
    @UriParam(label = "producer",
              description = "Pins how often a standing order pays: 1 to 8, or its name.")
    private String frequency;
    @UriParam(label = "producer",
              description = "Pins the first day of a standing order, or the beginning of the time that "
            + "pullTransactions asks about.")
    private String startDate;
    @UriParam(label = "producer",
              description = "Pins the last day of a standing order, or the end of the time that pullTransactions asks "
            + "about.")
    private String endDate;
    @UriParam(label = "producer",
              description = "Pins what M-Pesa does when c2bValidation is not answered: Completed or Cancelled. For "
            + "c2bRegister.")
    private String responseType;
    @UriParam(label = "producer", prefix = "field.", multiValue = true,
              description = "Pins any other field by its name on the wire, for instance field.dueDate=2026-12-01.")
    private Map<String, Object> fields = new LinkedHashMap<>();
    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether an API that answers at once gives its answer as a Map of what Safaricom sent, instead of "
            + "its own record or, for qrCode, the image.")
    private boolean rawAnswer;
    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether headers that begin with CamelDarajaRequest may fill fields that the body leaves "
            + "out. They are removed once read.")
    private boolean requestHeaders;
    @UriParam(label = "producer",
              description = "A key, or a simple expression for one such as ${header.orderId}: as long as a payment "
            + "with this key may have moved, did move or finally failed, a second one is not started but "
            + "joined. Mandatory for what pays out.")
    private String idempotencyKey;
    @UriParam(label = "producer",
              description = "Who asks for a payout, or a simple expression for it such as ${header.clerk}. Needed where a second person"
            + " must approve, who must be another one.")
    private String requestedBy;
    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether a payout is only rehearsed: everything is checked, nothing is stored or sent. The body is a Rehearsal"
            + " then, and there is no CamelDarajaStatus.")
    private boolean dryRun;
    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether a payment that has finally failed lets go of its idempotencyKey: then the next one with that key"
            + " is a new attempt. One that may still have moved money never does.")
    private boolean retryFailed;
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
    @UriParam(label = "consumer", javaType = "java.lang.Boolean",
              description = "Whether Safaricom is asked about each payment, by transactionStatus, before it counts. Needs an "
            + "initiator. Unset: true with path, false without. For c2bConfirmation and billPayment.")
    private Boolean verify;
    @UriParam(label = "consumer", defaultValue = "5s", javaType = "java.time.Duration",
              description = "How long the route may take to answer c2bValidation or c2bName, at most 7s. After that "
            + "defaultAnswer is said, and the route's own answer is dropped.")
    private Duration answerTimeout = Duration.ofSeconds(5);
    @UriParam(label = "consumer", enums = "accept,reject",
              description = "What c2bValidation answers when its route is late, fails or gives no clear answer. Unset: "
            + "HTTP 503, so that the ResponseType of c2bRegister decides.")
    private String defaultAnswer;
    @UriParam(label = "consumer", defaultValue = "default",
              description = "Consumers of one group share the outcomes; each group gets all of them.")
    private String group = "default";
    @UriParam(label = "consumer", defaultValue = "false",
              description = "Whether the route runs in a transaction that also marks the outcome as delivered: what it writes into the"
            + " repository's DataSource happens once, however often the outcome is told. Needs a JdbcTransactionRepository, and"
            + " Spring's transaction manager of its DataSource in the registry (spring-jdbc).")
    private boolean transacted;
    @UriParam(label = "consumer", defaultValue = "1h", javaType = "java.time.Duration",
              description = "How far each look of pullTransactions goes back before the end of the last one, for payments that "
            + "appear late. What is known is not counted again.")
    private Duration overlap = Duration.ofHours(1);
    @UriParam(label = "consumer", defaultValue = "2m", javaType = "java.time.Duration",
              description = "How old payments must be for pullTransactions, so that their confirmation can come first.")
    private Duration lag = Duration.ofMinutes(2);

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

    public String getCommandId() {
        return commandId;
    }

    public void setCommandId(String commandId) {
        this.commandId = commandId;
    }

    public String getReceiver() {
        return receiver;
    }

    public void setReceiver(String receiver) {
        this.receiver = receiver;
    }

    public String getReceiverType() {
        return receiverType;
    }

    public void setReceiverType(String receiverType) {
        this.receiverType = receiverType;
    }

    public String getTransactionId() {
        return transactionId;
    }

    public void setTransactionId(String transactionId) {
        this.transactionId = transactionId;
    }

    public String getOriginalConversationId() {
        return originalConversationId;
    }

    public void setOriginalConversationId(String originalConversationId) {
        this.originalConversationId = originalConversationId;
    }

    public String getIdentifierType() {
        return identifierType;
    }

    public void setIdentifierType(String identifierType) {
        this.identifierType = identifierType;
    }

    public String getRemarks() {
        return remarks;
    }

    public void setRemarks(String remarks) {
        this.remarks = remarks;
    }

    public String getOccasion() {
        return occasion;
    }

    public void setOccasion(String occasion) {
        this.occasion = occasion;
    }

    public String getVersion() {
        return version;
    }

    public void setVersion(String version) {
        this.version = version;
    }

    public String getCommand() {
        return command;
    }

    public void setCommand(String command) {
        this.command = command;
    }

    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public String getFrequency() {
        return frequency;
    }

    public void setFrequency(String frequency) {
        this.frequency = frequency;
    }

    public String getStartDate() {
        return startDate;
    }

    public void setStartDate(String startDate) {
        this.startDate = startDate;
    }

    public String getEndDate() {
        return endDate;
    }

    public void setEndDate(String endDate) {
        this.endDate = endDate;
    }

    public String getResponseType() {
        return responseType;
    }

    public void setResponseType(String responseType) {
        this.responseType = responseType;
    }

    public Map<String, Object> getFields() {
        return fields;
    }

    public void setFields(Map<String, Object> fields) {
        this.fields = fields;
    }

    public boolean isRawAnswer() {
        return rawAnswer;
    }

    public void setRawAnswer(boolean rawAnswer) {
        this.rawAnswer = rawAnswer;
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

    public String getRequestedBy() {
        return requestedBy;
    }

    public void setRequestedBy(String requestedBy) {
        this.requestedBy = requestedBy;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isRetryFailed() {
        return retryFailed;
    }

    public void setRetryFailed(boolean retryFailed) {
        this.retryFailed = retryFailed;
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

    public Boolean getVerify() {
        return verify;
    }

    public void setVerify(Boolean verify) {
        this.verify = verify;
    }

    public Duration getAnswerTimeout() {
        return answerTimeout;
    }

    public void setAnswerTimeout(Duration answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    public String getDefaultAnswer() {
        return defaultAnswer;
    }

    public void setDefaultAnswer(String defaultAnswer) {
        this.defaultAnswer = defaultAnswer;
    }

    public String getGroup() {
        return group;
    }

    public void setGroup(String group) {
        this.group = group;
    }

    public boolean isTransacted() {
        return transacted;
    }

    public void setTransacted(boolean transacted) {
        this.transacted = transacted;
    }

    public Duration getOverlap() {
        return overlap;
    }

    public void setOverlap(Duration overlap) {
        this.overlap = overlap;
    }

    public Duration getLag() {
        return lag;
    }

    public void setLag(Duration lag) {
        this.lag = lag;
    }

    /** What the URI pins, by the name of the option. */
    Map<String, String> pinned() {
        Map<String, String> pinned = pinnable();
        fields.forEach((name, value) -> pinned.put(name, value == null ? null : value.toString()));
        pinned.values().removeIf(Objects::isNull);
        return pinned;
    }

    /** The options that stand for a field of a request, null for those that are not set. */
    Map<String, String> pinnable() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("phoneNumber", phoneNumber);
        all.put("amount", amount);
        all.put("accountReference", accountReference);
        all.put("transactionDesc", transactionDesc);
        all.put("transactionType", transactionType);
        all.put("checkoutRequestId", checkoutRequestId);
        all.put("commandId", commandId);
        all.put("receiver", receiver);
        all.put("receiverType", receiverType);
        all.put("transactionId", transactionId);
        all.put("originalConversationId", originalConversationId);
        all.put("identifierType", identifierType);
        all.put("remarks", remarks);
        all.put("occasion", occasion);
        all.put("version", version);
        all.put("command", command);
        all.put("path", path);
        all.put("frequency", frequency);
        all.put("startDate", startDate);
        all.put("endDate", endDate);
        all.put("responseType", responseType);
        return all;
    }
}
