package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.ConformanceRow.answer;
import static io.github.cameldaraja.api.ConformanceRow.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is answered at once, against sections 2.3 and 5 of the reference, and what we answer. */
final class ConformanceAnswers {

    private ConformanceAnswers() {
    }

    static List<ConformanceRow> rows() {
        List<ConformanceRow> rows = new ArrayList<>();
        rows.addAll(acknowledgements());
        rows.addAll(queries());
        rows.addAll(merchant());
        rows.addAll(lookUps());
        rows.addAll(iot());
        rows.addAll(replies());
        return rows;
    }

    private static List<ConformanceRow> acknowledgements() {
        return List.of(
                answer("stk-push.response", new StkPush(), "stkPush/response").tells("operation", "=stkPush",
                        "status", "=PENDING", "responseCode", "ResponseCode", "responseDescription", "ResponseDescription",
                        "merchantRequestId", "MerchantRequestID", "checkoutRequestId", "CheckoutRequestID",
                        "customerMessage", "CustomerMessage"),
                accepted("b2c.response", new B2c(), "b2c/response"),
                accepted("b2c.response", new B2Pochi(), "b2pochi/response"),
                accepted("b2b.response", new B2b(), "b2b/response"),
                accepted("b2b.response", new TaxRemittance(), "taxRemittance/response"),
                accepted("reversal.response", new Reversal(), "reversal/response"),
                accepted("transaction-status.response", new TransactionStatus(), "transactionStatus/response"),
                accepted("account-balance.response", new AccountBalance(), "accountBalance/response"),
                answer("b2b-express.response", new B2bExpress(), "b2bExpress/response").tells("operation", "=b2bExpress",
                        "status", "=PENDING", "responseCode", "code", "responseDescription", "status"),
                answer("ratiba.response", new StandingOrder(), "standingOrder/response").tells("operation", "=standingOrder",
                        "status", "=PENDING", "responseCode", "ResponseHeader.responseCode",
                        "responseDescription", "ResponseHeader.responseDescription",
                        "conversationId", "ResponseHeader.responseRefID"));
    }

    private static ConformanceRow accepted(String published, OutcomeApi api, String own) {
        return answer(published, api, own).tells("operation", "=" + api.name(), "status", "=PENDING",
                "responseCode", "ResponseCode", "responseDescription", "ResponseDescription",
                "conversationId", "ConversationID", "originatorConversationId", "OriginatorConversationID");
    }

    private static List<ConformanceRow> queries() {
        return List.of(
                query("stk-query.response.success", "COMPLETED", "SUCCESS", "false", "stkQuery/response-success"),
                query("stk-query.response.cancelled", "CANCELLED", "CUSTOMER", "true", "stkQuery/response-cancelled"),
                query("stk-query.response.pending", "PENDING", "PENDING", "false", "stkQuery/response-pending"));
    }

    // no receipt, no amount, no phone: a query never names them
    private static ConformanceRow query(String published, String status, String category, String retriable, String own) {
        return answer(published, new StkQuery(), own).tells("operation", "=stkPush", "status", "=" + status,
                "resultCategory", "=" + category, "retriable", "=" + retriable, "resultCode", "ResultCode",
                "resultDescription", "ResultDesc", "merchantRequestId", "MerchantRequestID",
                "checkoutRequestId", "CheckoutRequestID", "source", "=QUERY");
    }

    private static List<ConformanceRow> merchant() {
        return List.of(
                c2bRegister("c2b-register.response", "c2bRegister/response", "c2bRegister/response-old"),
                c2bRegister("c2b-register.v1.response", "c2bRegister/response"),
                answer("c2b-simulate.response", new C2bSimulate(), "c2bSimulate/response", "c2bSimulate/response-old").tells(
                        "originatorConversationId", "OriginatorCoversationID", "conversationId", "ConversationID",
                        "code", "ResponseCode", "description", "ResponseDescription"),
                answer("bill-optin.response", new BillOptIn(), "billOptIn/response").tells("appKey", "app_key",
                        "code", "rescode", "description", "resmsg"),
                bill("bill-optin-update.response", new BillOptInUpdate(), "billOptInUpdate/response"),
                bill("bill-single-invoice.response", new BillInvoice(), "billInvoice/response"),
                bill("bill-bulk-invoice.response", new BillInvoices(), "billInvoices/response"),
                bill("bill-reconciliation.response", new BillReconcile(), "billReconcile/response"),
                bill("bill-cancel.response", new BillCancel(), "billCancel/response"),
                bill("bill-cancel.response", new BillCancelAll(), "billCancelAll/response"),
                answer("pull-register.response", new PullRegister(), "pullRegister/response").tells(
                        "requestId", "ResponseRefID", "code", "ResponseStatus", "description", "ResponseDescription",
                        "shortCode", "ShortCode", "alreadyRegistered", "=false"),
                answer("pull-register.response.already-registered.spaced-keys", new PullRegister()).tells(
                        "requestId", "ResponseRefID", "code", "Response Status", "description", "Response Description",
                        "shortCode", "ShortCode", "alreadyRegistered", "=true"),
                // the sandbox sometimes says RequestID
                answer(null, new PullRegister(), "pullRegister/response-registered").tells(
                        "requestId", "RequestID", "code", "Response Status", "description", "Response Description",
                        "shortCode", "ShortCode", "alreadyRegistered", "=true"),
                pull("pull-query.response", "=2", "pullTransactions/response"),
                pull("pull-query.response.empty", "=0", "pullTransactions/response-none"));
    }

    private static ConformanceRow c2bRegister(String published, String... own) {
        return answer(published, new C2bRegister(), own).tells("originatorConversationId", "OriginatorCoversationID",
                "code", "ResponseCode", "description", "ResponseDescription", "alreadyRegistered", "=false");
    }

    private static ConformanceRow bill(String published, RequestApi api, String own) {
        return answer(published, api, own).tells("code", "rescode", "description", "resmsg", "statusMessage", "Status_Message");
    }

    private static ConformanceRow pull(String published, String rows, String own) {
        return answer(published, new PullTransactions(), own).tells("requestId", "ResponseRefID", "code", "ResponseCode",
                "description", "ResponseMessage", "rows", rows);
    }

    private static List<ConformanceRow> lookUps() {
        return List.of(
                qr("qr.response", "qrCode/response-conversation"),
                qr("qr.response.observed-00", "qrCode/response"),
                answer("imsi.response", new Imsi(), "imsi/response").tells("code", "responseCode",
                        "description", "responseDesc", "requestId", "requestRefID", "imsi", "imsi",
                        "lastSwap", "lastSwapDate|dd-MM-yyyy", "noRecentSwap", "=false",
                        "registered", "msisdnRegistrationDate|dd-MM-yyyy", "phoneNumber", "customerNumber"),
                // 1900 stands for "no swap within three months"
                answer("swap.response", new SimSwap(), "simSwap/response-none").tells("code", "responseCode",
                        "description", "responseDesc", "requestId", "requestRefID", "noRecentSwap", "=true"),
                answer(null, new SimSwap(), "simSwap/response").tells("code", "responseCode",
                        "description", "responseDesc", "requestId", "requestRefID",
                        "lastSwap", "lastSwapDate|dd-MM-yyyy HH:mm", "noRecentSwap", "=false"),
                answer("org-info.response", new OrganizationInfo(), "organizationInfo/response").tells("code", "ResponseCode",
                        "description", "ResponseMessage", "conversationId", "ConversationID",
                        "shortCode", "OrganizationShortCode", "name", "OrganizationName", "chargeProfileId", "ChargeProfileID"),
                answer("b2c-hakikisha.response", new CustomerName(), "customerName/response").tells("code", "header.status",
                        "description", "header.message", "requestId", "header.requestID", "firstName", "body.firstName",
                        "middleName", "body.middleName", "lastName", "body.lastName"),
                bonga("bonga-calculate.response", "bonga/response-calculate"),
                bonga("bonga-redeem.response", "bonga/response-redeem"));
    }

    private static ConformanceRow qr(String published, String own) {
        return answer(published, new QrCode(), own).tells("code", "ResponseCode", "description", "ResponseDescription",
                "requestId", "RequestID", "image", "QRCode");
    }

    private static ConformanceRow bonga(String published, String own) {
        return answer(published, new Bonga(), own).tells("code", "header.responseCode", "description", "header.responseMessage",
                "customerMessage", "header.customerMessage", "requestId", "header.requestRefId", "amount", "body.amount",
                "points", "body.points", "conversionRate", "body.rate");
    }

    private static List<ConformanceRow> iot() {
        return List.of(
                iot("iot-allsims.response", "response-all-sims"),
                iot("iot-querylifecyclestatus.response", "response-query-life-cycle-status"),
                iot("iot-querycustomerinfo.response", "response-query-customer-info"),
                iot("iot-simactivation.response", "response-sim-activation"),
                iot("iot-getactivationtrends.response", "response-get-activation-trends"),
                iot("iot-renameasset.response", "response-rename-asset"),
                iot("iot-suspend-unsuspend.response", "response-suspend-or-resume"),
                iot("iot-filtermessages.response", "response-filter-messages"),
                iot("iot-sendsinglemessage.response", "response-send-single-message"),
                iot("iot-delete.response", "response-deleted"),
                iot(null, "response"));
    }

    private static ConformanceRow iot(String published, String own) {
        return answer(published, new IotSim(), "iotSim/" + own).tells("code", "header.responseCode",
                "description", "header.responseMessage", "customerMessage", "header.customerMessage",
                "requestId", "header.requestRefId", "body", "body");
    }

    private static List<ConformanceRow> replies() {
        C2bValidation validation = new C2bValidation();
        return List.of(
                reply("c2b-validation.reply.accept", validation, C2bValidation.accept(), "c2bValidation/reply-accept"),
                reply("c2b-validation.reply.accept.third-party-id", validation, C2bValidation.accept("1234567890")),
                reply(null, validation, C2bValidation.accept("ledger-5512"), "c2bValidation/reply-accept-with-id"),
                reply("c2b-validation.reply.reject", validation, C2bValidation.reject("C2B00011", null)),
                reply(null, validation, C2bValidation.reject("C2B00012", null), "c2bValidation/reply-reject"),
                reply("c2b-confirmation.reply", new C2bConfirmation(), null, "c2bConfirmation/reply"),
                reply("bill-payment-notification.reply", new BillPayment(), null, "billPayment/reply"),
                reply(null, new C2bName(), Map.of("accountName", "Amina Otieno"), "c2bName/reply"));
    }
}
