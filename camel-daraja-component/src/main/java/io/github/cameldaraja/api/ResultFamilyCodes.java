package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.CodeSource.FORMERLY_DOCUMENTED;
import static io.github.cameldaraja.api.CodeSource.OBSERVED;
import static io.github.cameldaraja.api.CodeSource.THIRD_PARTY;
import static io.github.cameldaraja.api.PaymentStatus.COMPLETED;
import static io.github.cameldaraja.api.PaymentStatus.FAILED;
import static io.github.cameldaraja.api.PaymentStatus.UNKNOWN;
import static io.github.cameldaraja.api.ResultCategory.CONFIGURATION;
import static io.github.cameldaraja.api.ResultCategory.CUSTOMER;
import static io.github.cameldaraja.api.ResultCategory.MERCHANT;
import static io.github.cameldaraja.api.ResultCategory.SUCCESS;
import static io.github.cameldaraja.api.ResultCategory.SYSTEM;

import java.util.Set;

/**
 * Result codes that mean the same in the whole family "Result" (Daraja: the code tables of "Business To Customer", "Business Pay
 * Bill", "Account Balance", "Reversal"). 1, 17, 2001 and 8006 mean something else for an STK push.
 */
public final class ResultFamilyCodes {

    /**
     * Codes that say that the account's API operator is wrong, not allowed or locked. Going on asking or paying with him would
     * lock him, or keep him locked.
     */
    public static final Set<String> ABOUT_THE_OPERATOR = Set.of("18", "20", "21", "2001", "8006", "TP40153");

    /**
     * The table for payments. Where M-Pesa does not say whether money moved, the row is not final, so that it is asked about:
     * a duplicate is one of them, because the first request with that id may have paid.
     */
    static final ResultCodes PAYMENTS = ResultCodes.of(
            new ResultCode("0", COMPLETED, SUCCESS, false, "done"),
            new ResultCode("1", FAILED, MERCHANT, true, "our own account has not enough money"),
            new ResultCode("2", FAILED, MERCHANT, false, "below the smallest amount"),
            new ResultCode("3", FAILED, MERCHANT, false, "above the largest amount"),
            new ResultCode("4", FAILED, CUSTOMER, true, "above the receiver's limit for the day"),
            new ResultCode("5", FAILED, MERCHANT, true, "our own account would fall below its minimum", FORMERLY_DOCUMENTED),
            new ResultCode("6", FAILED, MERCHANT, false, "the paying party is unknown", FORMERLY_DOCUMENTED),
            new ResultCode("7", FAILED, MERCHANT, false, "the receiving party is unknown", FORMERLY_DOCUMENTED),
            new ResultCode("8", FAILED, MERCHANT, true, "the receiving account would be too full"),
            new ResultCode("11", FAILED, CONFIGURATION, false, "our own account is not active"),
            new ResultCode("12", FAILED, MERCHANT, false, "the receiving account is not valid", FORMERLY_DOCUMENTED),
            new ResultCode("13", FAILED, MERCHANT, false, "the paying account is unknown", FORMERLY_DOCUMENTED),
            new ResultCode("14", FAILED, MERCHANT, false, "the receiving account is unknown or not valid", FORMERLY_DOCUMENTED),
            new ResultCode("15", UNKNOWN, MERCHANT, false, "the request id was used before; the first request counts"),
            new ResultCode("17", UNKNOWN, SYSTEM, false, "M-Pesa failed inside; the money may have moved"),
            new ResultCode("18", FAILED, MERCHANT, false, "the operator's password or the certificate is wrong"),
            new ResultCode("19", FAILED, SYSTEM, true, "messages came in the wrong order"),
            new ResultCode("20", FAILED, MERCHANT, false, "the operator is unknown"),
            new ResultCode("21", FAILED, CONFIGURATION, false, "the operator has not the role for this"),
            new ResultCode("22", FAILED, CONFIGURATION, false, "the operator is not active, or may not act for this receiver"),
            new ResultCode("24", FAILED, MERCHANT, false, "a field is missing"),
            new ResultCode("25", FAILED, MERCHANT, false, "a field is not valid"),
            new ResultCode("26", FAILED, SYSTEM, true, "M-Pesa is overloaded"),
            new ResultCode("29", FAILED, MERCHANT, false, "the command is not valid"),
            new ResultCode("1005", FAILED, MERCHANT, false, "the account reference is not valid", THIRD_PARTY),
            new ResultCode("2001", FAILED, MERCHANT, false, "the operator's name, password or certificate is wrong"),
            new ResultCode("2006", FAILED, CONFIGURATION, false, "the short code is not active"),
            new ResultCode("2007", FAILED, MERCHANT, false, "the receiver's validation refused it", THIRD_PARTY),
            new ResultCode("2008", FAILED, MERCHANT, false, "authentication failed", THIRD_PARTY),
            new ResultCode("2020", FAILED, MERCHANT, false, "the amount is not valid", THIRD_PARTY),
            new ResultCode("2026", FAILED, SYSTEM, true, "the session with the channel expired", THIRD_PARTY),
            new ResultCode("2028", FAILED, CONFIGURATION, false, "the short code's product does not allow this"),
            new ResultCode("2029", FAILED, MERCHANT, false, "the reason is unknown", THIRD_PARTY),
            new ResultCode("2033", FAILED, MERCHANT, false, "no such receipt", THIRD_PARTY),
            new ResultCode("2043", FAILED, MERCHANT, false, "the organisation is not a child of ours", THIRD_PARTY),
            new ResultCode("2051", FAILED, MERCHANT, false, "the phone number is not valid", THIRD_PARTY),
            new ResultCode("2202", FAILED, MERCHANT, false, "the account number is not valid", THIRD_PARTY),
            new ResultCode("8006", FAILED, MERCHANT, false, "the operator is locked; unlock him first"),
            new ResultCode("SFC_IC0003", FAILED, MERCHANT, false, "no such receiver, or the wrong type of receiver"),
            new ResultCode("TP40153", FAILED, CONFIGURATION, false, "the operator is not allowed, or not in the organisation",
                    OBSERVED),
            new ResultCode("100000000", UNKNOWN, SYSTEM, false, "M-Pesa has kept it and will try again", THIRD_PARTY),
            new ResultCode("100000001", FAILED, SYSTEM, true, "M-Pesa is overloaded", THIRD_PARTY),
            new ResultCode("100000002", FAILED, SYSTEM, true, "too many requests", THIRD_PARTY),
            new ResultCode("100000004", UNKNOWN, SYSTEM, false, "M-Pesa failed inside; the money may have moved", THIRD_PARTY),
            new ResultCode("100000005", FAILED, MERCHANT, false, "a value is not valid", THIRD_PARTY),
            new ResultCode("100000007", UNKNOWN, SYSTEM, false, "M-Pesa failed inside; the money may have moved", THIRD_PARTY),
            new ResultCode("100000009", UNKNOWN, SYSTEM, false, "M-Pesa failed inside; the money may have moved", THIRD_PARTY),
            new ResultCode("100000010", FAILED, CONFIGURATION, false, "not enough permissions", THIRD_PARTY),
            new ResultCode("100000011", FAILED, SYSTEM, true, "too many requests", THIRD_PARTY),
            new ResultCode("100000100", UNKNOWN, SYSTEM, false, "M-Pesa failed inside; the money may have moved", THIRD_PARTY));

    /** The table for payments to a customer's phone. */
    static final ResultCodes PAYMENTS_TO_CUSTOMERS = PAYMENTS.with(
            new ResultCode("8", FAILED, CUSTOMER, true, "the receiver's account would be too full"),
            new ResultCode("2040", FAILED, CUSTOMER, false, "the receiver is not registered with M-Pesa"));

    private ResultFamilyCodes() {
    }
}
