package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.ConformanceRow.request;

import java.util.List;

/** What we send, against section 5 of the reference: the path, and the body of each sample. */
final class ConformanceRequests {

    private static final String HIDDEN = "the page hides digits of the number";
    private static final String NEW_ID = "an id of ours, a new one for each look-up";

    private ConformanceRequests() {
    }

    static List<ConformanceRow> rows() {
        return List.of(
                request("stk-push.request", "/mpesa/stkpush/v1/processrequest", new StkPush(), "stkPush/request",
                        "stkPush/request-till"),
                request("stk-query.request", "/mpesa/stkpushquery/v1/query", new StkQuery(), "stkQuery/request"),
                request("qr.request", "/mpesa/qrcode/v1/generate", new QrCode(), "qrCode/request"),
                request("c2b-register.request", "/mpesa/c2b/v2/registerurl", new C2bRegister(), "c2bRegister/request"),
                request("c2b-simulate.request.paybill", "/mpesa/c2b/v2/simulate", new C2bSimulate(),
                        "c2bSimulate/request-paybill"),
                request("c2b-simulate.request.buygoods", "/mpesa/c2b/v2/simulate", new C2bSimulate(),
                        "c2bSimulate/request-till"),
                request("b2c.request", "/mpesa/b2c/v3/paymentrequest", new B2c(), "b2c/request").saying("version", "v3"),
                request("b2c.v1.request", "/mpesa/b2c/v1/paymentrequest", new B2c(), "b2c/request-v1").saying("version", "v1"),
                request("b2c-validated.request", "/mpesa/b2cvalidate/v2/paymentrequest", new B2c(), "b2c/request-validated")
                        .saying("version", "validated"),
                request("b2pochi.request", "/mpesa/b2pochi/v1/paymentrequest", new B2Pochi(), "b2pochi/request"),
                request("b2b-paybill.request", "/mpesa/b2b/v1/paymentrequest", new B2b(), "b2b/request-paybill"),
                request("b2b-buygoods.request", "/mpesa/b2b/v1/paymentrequest", new B2b(), "b2b/request-buygoods"),
                request("b2b-topup.request", "/mpesa/b2b/v1/paymentrequest", new B2b(), "b2b/request-topup"),
                request("tax.request", "/mpesa/b2b/v1/remittax", new TaxRemittance(), "taxRemittance/request"),
                request("b2b-express.request", "/v1/ussdpush/get-msisdn", new B2bExpress(), "b2bExpress/request"),
                request("transaction-status.request", "/mpesa/transactionstatus/v1/query", new TransactionStatus(),
                        "transactionStatus/request"),
                request("transaction-status.request.by-conversation-id", "/mpesa/transactionstatus/v1/query",
                        new TransactionStatus(), "transactionStatus/request-by-conversation")
                        .differs("TransactionID", "", "left out there; we send it empty, as a production SDK does, because a"
                                + " missing field was seen to be missed"),
                request("account-balance.request", "/mpesa/accountbalance/v1/query", new AccountBalance(),
                        "accountBalance/request"),
                request("reversal.request", "/mpesa/reversal/v1/request", new Reversal(), "reversal/request"),
                request("ratiba.request", "/standingorder/v1/createStandingOrderExternal", new StandingOrder(),
                        "standingOrder/request", "standingOrder/request-till"),
                request("bill-optin.request", "/v1/billmanager-invoice/optin", new BillOptIn(), "billOptIn/request")
                        .refused("officialContact", "0710555555", HIDDEN),
                request("bill-optin-update.request", "/v1/billmanager-invoice/change-optin-details", new BillOptInUpdate(),
                        "billOptInUpdate/request")
                        .refused("officialContact", "0710555555", HIDDEN),
                request("bill-single-invoice.request", "/v1/billmanager-invoice/single-invoicing", new BillInvoice(),
                        "billInvoice/request")
                        .refused("billedPhoneNumber", "0755555555", HIDDEN),
                request("bill-bulk-invoice.request", "/v1/billmanager-invoice/bulk-invoicing", new BillInvoices(),
                        "billInvoices/request"),
                request("bill-reconciliation.request", "/v1/billmanager-invoice/reconciliation", new BillReconcile(),
                        "billReconcile/request")
                        .refused("phoneNumber", "0710555555", HIDDEN),
                request("bill-cancel-single.request", "/v1/billmanager-invoice/cancel-single-invoice", new BillCancel(),
                        "billCancel/request"),
                request("bill-cancel-bulk.request", "/v1/billmanager-invoice/cancel-bulk-invoices", new BillCancelAll(),
                        "billCancelAll/request"),
                request("pull-register.request", "/pulltransactions/v1/register", new PullRegister(), "pullRegister/request"),
                request("pull-query.request", "/pulltransactions/v1/query", new PullTransactions(), "pullTransactions/request")
                        .refused("StartDate", "2020-08-04 08:36:00", "an hour of one digit is no yyyy-MM-dd HH:mm:ss")
                        .refused("EndDate", "2020-08-16 10:10:00", "seconds of three digits are no yyyy-MM-dd HH:mm:ss"),
                request("imsi.request", "/imsi/v1/checkATI", new Imsi(), "imsi/request"),
                request("imsi.request", "/imsi/v2/checkATI", new SimSwap(), "simSwap/request"),
                request("org-info.request", "/sfcverify/v1/query/info", new OrganizationInfo(), "organizationInfo/request"),
                request("b2c-hakikisha.request", "/mpesa/b2c/hakikisha/v1/hakikisha", new CustomerName(),
                        "customerName/request")
                        .giving("msisdn", "body.msisdn").differs("header.requestID", "*", NEW_ID),
                request("bonga-calculate.request", "/v1/lipa/na/bonga/calculate-points", new Bonga(),
                        "bonga/request-calculate").saying("command", "calculate"),
                request("bonga-redeem.request", "/v1/lipa/na/bonga/redeem-paybill", new Bonga(), "bonga/request-redeem")
                        .saying("command", "redeem"),
                iot("iot-allsims.request", "allsims", "allSims")
                        .refused("startAtInde", null, "the sample's key lacks its last letter; the page's table has it")
                        .differs("startAtIndex", "0", "what the table of fields calls it"),
                iot("iot-querylifecyclestatus.request", "queryLifeCycleStatus", "queryLifeCycleStatus")
                        .refused("msisdn", "300000020555", HIDDEN),
                iot(null, "querycustomerinfo", "queryCustomerInfo"),
                iot(null, "simactivation", "simActivation"),
                iot("iot-getactivationtrends.request", "getactivationtrends", "getActivationTrends"),
                iot("iot-renameasset.request", "renameasset", "renameAsset"),
                iot("iot-suspend-unsuspend.request", "suspend_unsuspend_sub", "suspendOrResume")
                        .refused("msisdn", "300000105555", HIDDEN),
                iot("iot-searchmessages.request", "searchmessages?pageNo=1&pageSize=50", "searchMessages")
                        .saying("pageSize", "50"),
                iot("iot-filtermessages.request", "filtermessages?pageNo=1&pageSize=10", "filterMessages"),
                request("iot-getallmessages.request", "/simportal/v1/getallmessages?pageNo=1&pageSize=10", new IotSim())
                        .saying("command", "getAllMessages"),
                iot(null, "getallmessages?pageNo=3&pageSize=25", "getAllMessages"),
                iot("iot-sendsinglemessage.request", "sendsinglemessage", "sendSingleMessage")
                        .refused("msisdn", "300001172555", HIDDEN),
                iot("iot-deletemessage.request", "deletemessage", "deleteMessage"),
                iot("iot-deletemessagethread.request", "deleteMessageThread", "deleteMessageThread"),
                request(null, "/v1/KYC-validation/validateID", new Invoke(), "invoke/request")
                        .saying("path", "/v1/KYC-validation/validateID"));
    }

    // our own samples stand in one file, by command
    private static ConformanceRow iot(String published, String endpoint, String command) {
        return request(published, "/simportal/v1/" + endpoint, new IotSim(), "iotSim/requests#" + command)
                .saying("command", command);
    }
}
