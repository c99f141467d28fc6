package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.ConformanceRow.message;

import java.util.ArrayList;
import java.util.List;

/** What comes later, against sections 5 and 8 of the reference: callbacks, results, confirmations, notifications, questions. */
final class ConformanceMessages {

    private static final String STK = "Body.stkCallback.";
    private static final String STK_ITEMS = STK + "CallbackMetadata.Item";
    private static final String RESULT = "Result.";
    private static final String PARAMETERS = "Result.ResultParameters.ResultParameter";
    private static final String REFERENCES = "Result.ReferenceData.ReferenceItem";
    private static final String WIRE_TIME = "|yyyyMMddHHmmss";

    private ConformanceMessages() {
    }

    static List<ConformanceRow> rows() {
        List<ConformanceRow> rows = new ArrayList<>();
        rows.addAll(pushes());
        rows.addAll(payouts());
        rows.addAll(betweenOrganisations());
        rows.addAll(reversals());
        rows.addAll(questions());
        rows.addAll(prompts());
        rows.addAll(merchant());
        return rows;
    }

    private static List<ConformanceRow> pushes() {
        return List.of(
                paidPush("stk-callback.success", "stkPush/callback-success"),
                paidPush("stk-callback.success.with-balance", "stkPush/callback-success-balance"),
                push("stk-callback.cancelled", "CANCELLED", "CUSTOMER", true, "stkPush/callback-cancelled"),
                push("stk-callback.cancelled.old-prefix", "CANCELLED", "CUSTOMER", true, "stkPush/callback-cancelled-prefix"),
                push("stk-callback.insufficient-balance", "FAILED", "CUSTOMER", true, "stkPush/callback-no-money"),
                push("stk-callback.timeout", "EXPIRED", "CUSTOMER", true, "stkPush/callback-unreachable"),
                push("stk-callback.wrong-pin", "FAILED", "CUSTOMER", true, "stkPush/callback-wrong-pin"),
                push("stk-callback.expired", "EXPIRED", "CUSTOMER", true, "stkPush/callback-expired"));
    }

    private static ConformanceRow paidPush(String published, String own) {
        return push(published, "COMPLETED", "SUCCESS", false, own).tells(
                "receiptNumber", STK_ITEMS + "[MpesaReceiptNumber]", "amount", STK_ITEMS + "[Amount]",
                "phoneNumber", STK_ITEMS + "[PhoneNumber]", "transactionDate", STK_ITEMS + "[TransactionDate]" + WIRE_TIME);
    }

    private static ConformanceRow push(String published, String status, String category, boolean retriable, String own) {
        return outcome(published, new StkPush(), status, category, retriable, own).tells("resultCode", STK + "ResultCode",
                "resultDescription", STK + "ResultDesc", "merchantRequestId", STK + "MerchantRequestID",
                "checkoutRequestId", STK + "CheckoutRequestID");
    }

    private static List<ConformanceRow> payouts() {
        return List.of(
                payout("result.b2c.success", new B2c(), "b2c/callback-success")
                        .funds(PARAMETERS + "[B2CUtilityAccountAvailableFunds]", "Utility Account")
                        .funds(PARAMETERS + "[B2CWorkingAccountAvailableFunds]", "Working Account")
                        .funds(PARAMETERS + "[B2CChargesPaidAccountAvailableFunds]", "Charges Paid Account"),
                payout("result.b2c.success", new B2Pochi())
                        .funds(PARAMETERS + "[B2CUtilityAccountAvailableFunds]", "Utility Account")
                        .funds(PARAMETERS + "[B2CWorkingAccountAvailableFunds]", "Working Account")
                        .funds(PARAMETERS + "[B2CChargesPaidAccountAvailableFunds]", "Charges Paid Account"),
                payout("result.b2c.success.legacy-order", new B2c(), "b2c/callback-success-legacy")
                        .funds(PARAMETERS + "[B2CWorkingAccountAvailableFunds]", "Working Account")
                        .funds(PARAMETERS + "[B2CUtilityAccountAvailableFunds]", "Utility Account")
                        .funds(PARAMETERS + "[B2CChargesPaidAccountAvailableFunds]", "Charges Paid Account"),
                // its TransactionID looks like a receipt, and nothing was paid
                result("result.b2c.failure", new B2c(), "FAILED", "MERCHANT", false, "b2c/callback-failure"),
                result(null, new B2c(), "FAILED", "MERCHANT", false, "b2c/callback-failure-bare"),
                result("result.b2c.failure", new B2Pochi(), "FAILED", "MERCHANT", false));
    }

    private static ConformanceRow payout(String published, OutcomeApi api, String... own) {
        return result(published, api, "COMPLETED", "SUCCESS", false, own).tells(
                "receiptNumber", PARAMETERS + "[TransactionReceipt]", "amount", PARAMETERS + "[TransactionAmount]",
                "phoneNumber", PARAMETERS + "[ReceiverPartyPublicName]|party",
                "transactionDate", PARAMETERS + "[TransactionCompletedDateTime]|dd.MM.yyyy HH:mm:ss");
    }

    private static List<ConformanceRow> betweenOrganisations() {
        return List.of(
                organisation("result.b2b.success", new B2b(), "b2b/callback-success")
                        .amounts(PARAMETERS, "DebitAccountBalance")
                        .lines(PARAMETERS + "[DebitPartyAffectedAccountBalance]")
                        .amounts(PARAMETERS, "InitiatorAccountCurrentBalance"),
                organisation("result.b2b.success.legacy", new B2b(), "b2b/callback-success-legacy")
                        .amounts(PARAMETERS, "InitiatorAccountCurrentBalance")
                        .amounts(PARAMETERS, "DebitAccountCurrentBalance")
                        .lines(PARAMETERS + "[DebitPartyAffectedAccountBalance]"),
                organisation("result.tax.success", new TaxRemittance(), "taxRemittance/callback-success")
                        .amounts(PARAMETERS, "DebitAccountBalance")
                        .lines(PARAMETERS + "[DebitPartyAffectedAccountBalance]")
                        .amounts(PARAMETERS, "InitiatorAccountCurrentBalance"),
                result("result.b2b.failure", new B2b(), "FAILED", "MERCHANT", false),
                result(null, new B2b(), "FAILED", "MERCHANT", true, "b2b/callback-failure-one-object"),
                result("result.b2b-topup.failure", new B2b(), "FAILED", "MERCHANT", false, "b2b/callback-failure-mixed")
                        .tells("accountReference", REFERENCES + "[BillReferenceNumber]"),
                result("result.tax.failure", new TaxRemittance(), "FAILED", "MERCHANT", false,
                        "taxRemittance/callback-failure"),
                // whatever reaches the timeout URL ends nothing
                result("result.timeout", new B2b(), "UNKNOWN", "SYSTEM", false, "b2b/callback-timeout"));
    }

    private static ConformanceRow organisation(String published, OutcomeApi api, String own) {
        return result(published, api, "COMPLETED", "SUCCESS", false, own).tells(
                "receiptNumber", RESULT + "TransactionID", "amount", PARAMETERS + "[Amount]",
                "transactionDate", PARAMETERS + "[TransCompletedTime]" + WIRE_TIME,
                "accountReference", REFERENCES + "[BillReferenceNumber]");
    }

    private static List<ConformanceRow> reversals() {
        return List.of(
                result("result.reversal.success", new Reversal(), "COMPLETED", "SUCCESS", false, "reversal/callback-success")
                        .tells("receiptNumber", RESULT + "TransactionID", "amount", PARAMETERS + "[Amount]",
                                "transactionDate", PARAMETERS + "[TransCompletedTime]" + WIRE_TIME,
                                "phoneNumber", PARAMETERS + "[CreditPartyPublicName]|party")
                        .lines(PARAMETERS + "[DebitAccountBalance]"),
                // old results had no parameters even on success
                result(null, new Reversal(), "COMPLETED", "SUCCESS", false, "reversal/callback-success-legacy")
                        .tells("receiptNumber", RESULT + "TransactionID"),
                result("result.reversal.failure", new Reversal(), "FAILED", "MERCHANT", false, "reversal/callback-failure",
                        "reversal/callback-already-reversed"));
    }

    private static List<ConformanceRow> questions() {
        return List.of(
                status("result.transaction-status.success", "DebitPartyName#2", "OriginatorConversationID", "ConversationID",
                        "FinalisedTime", "transactionStatus/callback-completed"),
                status("result.transaction-status.success.legacy-keys", "CreditPartyName", "Originator Conversation ID",
                        "Conversation ID", "FinalizedTime", "transactionStatus/callback-completed-legacy"),
                // the question failed, which says nothing of the payment
                message(null, new TransactionStatus(), "transactionStatus/callback-failure").tells(
                        "operation", "=transactionStatus", "status", "=PENDING", "resultCode", RESULT + "ResultCode",
                        "resultDescription", RESULT + "ResultDesc", "resultCategory", "=MERCHANT", "source", "=QUERY"),
                balance("result.account-balance.success", "accountBalance/callback-success"),
                balance("result.account-balance.success.legacy", "accountBalance/callback-success-legacy"),
                result(null, new AccountBalance(), "FAILED", "CONFIGURATION", false, "accountBalance/callback-failure")
                        .tells("transactionDate", PARAMETERS + "[BOCompletedTime]" + WIRE_TIME));
    }

    // outer ids are the question's: those of the payment, its receipt and its status are the inner ones
    private static ConformanceRow status(String published, String customer, String originator, String conversation, String time,
                                         String own) {
        return message(published, new TransactionStatus(), own).tells("operation", "=transactionStatus",
                "status", "=COMPLETED", "resultCode", RESULT + "ResultCode", "resultDescription", RESULT + "ResultDesc",
                "resultCategory", "=SUCCESS", "retriable", "=false", "source", "=QUERY",
                "receiptNumber", PARAMETERS + "[ReceiptNo]", "amount", PARAMETERS + "[Amount]",
                "phoneNumber", PARAMETERS + "[" + customer + "]|party",
                "transactionDate", PARAMETERS + "[" + time + "]" + WIRE_TIME,
                "conversationId", PARAMETERS + "[" + conversation + "]",
                "originatorConversationId", PARAMETERS + "[" + originator + "]");
    }

    private static ConformanceRow balance(String published, String own) {
        return result(published, new AccountBalance(), "COMPLETED", "SUCCESS", false, own)
                .tells("transactionDate", PARAMETERS + "[BOCompletedTime]" + WIRE_TIME)
                .lines(PARAMETERS + "[AccountBalance]");
    }

    private static ConformanceRow result(String published, OutcomeApi api, String status, String category, boolean retriable,
                                         String... own) {
        return outcome(published, api, status, category, retriable, own).tells("resultCode", RESULT + "ResultCode",
                "resultDescription", RESULT + "ResultDesc", "conversationId", RESULT + "ConversationID",
                "originatorConversationId", RESULT + "OriginatorConversationID");
    }

    private static List<ConformanceRow> prompts() {
        return List.of(
                express("b2b-express-callback.success", "COMPLETED", "SUCCESS", false, "b2bExpress/callback-success"),
                express("b2b-express-callback.cancelled", "CANCELLED", "CUSTOMER", true, "b2bExpress/callback-cancelled"),
                // the order exists; nothing is paid, so that its id is no receipt; the ids stay in the details, because which of
                // them is the acknowledgement's is not known
                outcome("ratiba-callback.success", new StandingOrder(), "COMPLETED", "SUCCESS", false,
                        "standingOrder/callback-success").tells("resultCode", "responseHeader.responseCode",
                        "resultDescription", "responseHeader.responseDescription",
                        "phoneNumber", "responseBody.responseData[Msisdn]"),
                refusedOrder("ratiba-callback.failure", "EXPIRED", "standingOrder/callback-expired"),
                refusedOrder(null, "CANCELLED", "standingOrder/callback-failure"));
    }

    private static ConformanceRow refusedOrder(String published, String status, String own) {
        return outcome(published, new StandingOrder(), status, "CUSTOMER", true, own).tells(
                "resultCode", "ResponseHeader.responseCode", "resultDescription", "ResponseHeader.responseDescription",
                "phoneNumber", "ResponseBody.ResponseData[Msisdn]");
    }

    private static ConformanceRow express(String published, String status, String category, boolean retriable, String own) {
        return outcome(published, new B2bExpress(), status, category, retriable, own).tells("resultCode", "resultCode",
                "resultDescription", "resultDesc", "amount", "amount", "receiptNumber", "transactionId",
                "conversationId", "conversationID", "accountReference", "paymentReference");
    }

    private static List<ConformanceRow> merchant() {
        return List.of(
                confirmation("c2b-confirmation.v2-masked", "c2bConfirmation/callback-masked"),
                confirmation("c2b-confirmation.v1-hashed", "c2bConfirmation/callback-hashed"),
                confirmation("c2b-confirmation.legacy-clear", "c2bConfirmation/callback-till"),
                notification("bill-payment-notification", "dateCreated|yyyy-MM-dd", "billPayment/callback"),
                notification(null, "dateCreated|yyyy-MM-dd HH:mm:ss.SS", "billPayment/callback-with-time"),
                message("c2b-validation", new C2bValidation(), "c2bValidation/question").tells(
                        "transactionType", "TransactionType", "receiptNumber", "TransID",
                        "transactionDate", "TransTime" + WIRE_TIME, "amount", "TransAmount", "shortCode", "BusinessShortCode",
                        "accountReference", "BillRefNumber|trim", "invoiceNumber", "InvoiceNumber",
                        "accountBalance", "OrgAccountBalance", "thirdPartyTransactionId", "ThirdPartyTransID",
                        "phoneNumber", "MSISDN", "firstName", "FirstName", "middleName", "MiddleName", "lastName", "LastName"),
                message(null, new C2bName(), "c2bName/question").tells("requestId", "requestId", "timestamp", "timestamp",
                        "accountNumber", "accountNumber|trim", "shortCode", "shortcode"));
    }

    // no code: that it comes means that the money has come
    private static ConformanceRow confirmation(String published, String own) {
        return message(published, new C2bConfirmation(), own).tells("operation", "=c2bConfirmation", "status", "=COMPLETED",
                "resultCategory", "=SUCCESS", "retriable", "=false", "source", "=CONFIRMATION", "receiptNumber", "TransID",
                "amount", "TransAmount", "phoneNumber", "MSISDN", "accountReference", "BillRefNumber|trim",
                "transactionDate", "TransTime" + WIRE_TIME);
    }

    private static ConformanceRow notification(String published, String date, String own) {
        return message(published, new BillPayment(), own).tells("operation", "=billPayment", "status", "=COMPLETED",
                "resultCategory", "=SUCCESS", "retriable", "=false", "source", "=CONFIRMATION",
                "receiptNumber", "transactionId", "amount", "paidAmount", "phoneNumber", "msisdn|phone",
                "accountReference", "accountReference|trim", "transactionDate", date);
    }

    private static ConformanceRow outcome(String published, OutcomeApi api, String status, String category, boolean retriable,
                                          String... own) {
        return message(published, api, own).tells("operation", "=" + api.name(), "status", "=" + status,
                "resultCategory", "=" + category, "retriable", "=" + retriable, "source", "=CALLBACK");
    }
}
