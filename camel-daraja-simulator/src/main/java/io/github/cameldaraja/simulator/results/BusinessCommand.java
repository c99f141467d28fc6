package io.github.cameldaraja.simulator.results;

import java.util.Arrays;
import java.util.Optional;

import io.github.cameldaraja.simulator.money.Account;
import io.github.cameldaraja.simulator.money.Kind;

/**
 * What one organisation can pay to another or to itself, and which accounts that moves money between.
 */
enum BusinessCommand {
    PAY_BILL("BusinessPayBill", Account.WORKING, null, Kind.PAY_BILL, false),
    BUY_GOODS("BusinessBuyGoods", Account.WORKING, null, Kind.TILL, false),
    TOP_UP("BusinessPayToBulk", Account.WORKING, Account.UTILITY, Kind.BULK, false),
    TAX("PayTaxToKRA", Account.WORKING, null, Kind.PAY_BILL, false),
    BUSINESS("BusinessToBusinessTransfer", Account.WORKING, Account.WORKING, null, false),
    DISBURSEMENT("DisburseFundsToBusiness", Account.UTILITY, Account.WORKING, null, false),
    MERCHANT("MerchantToMerchantTransfer", Account.MERCHANT, Account.MERCHANT, Kind.TILL, false),
    MMF("MerchantServicesMMFAccountTransfer", Account.WORKING, Account.WORKING, null, false),
    FLOAT("AgencyFloatAdvance", Account.WORKING, Account.WORKING, null, false),
    MERCHANT_TO_WORKING("MerchantTransferFromMerchantToWorking", Account.MERCHANT, Account.WORKING, null, true),
    MMF_TO_UTILITY("BusinessTransferFromMMFToUtility", Account.WORKING, Account.UTILITY, null, true),
    SETTLEMENT("OrgRevenueSettlement", Account.UTILITY, Account.SETTLEMENT, null, true);

    private final String text;
    private final Account from;
    private final Account to;
    private final Kind receiver;
    private final boolean own;

    BusinessCommand(String text, Account from, Account to, Kind receiver, boolean own) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.receiver = receiver;
        this.own = own;
    }

    /** Whether B2B knows a CommandID; taxes have an API of their own. */
    static boolean isKnown(String commandId) {
        return of(commandId).filter(command -> command != TAX).isPresent();
    }

    static Optional<BusinessCommand> of(String commandId) {
        return Arrays.stream(values()).filter(command -> command.text.equals(commandId)).findFirst();
    }

    /** The CommandID. */
    String text() {
        return text;
    }

    Account from() {
        return from;
    }

    /** Where the money arrives at a receiver of that kind. */
    Account to(Kind kind) {
        return to == null ? kind.receiving() : to;
    }

    /** What a receiver is whom nobody knows yet. */
    Kind newcomer(boolean till) {
        return receiver != null ? receiver : till ? Kind.TILL : Kind.PAY_BILL;
    }

    /** Whether organisations of that kind may receive it. */
    boolean reaches(Kind kind) {
        return receiver == null || (receiver == Kind.TILL) == (kind == Kind.TILL);
    }

    /** Whether the money stays with the organisation. */
    boolean own() {
        return own;
    }
}
