package io.github.cameldaraja.account;

import java.time.Duration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/**
 * The settings of one account: an app on the developer portal with a short code.
 *
 * <p>A named account takes from the component's own settings what it leaves out of environment, baseUrl, consumerKey and
 * consumerSecret, certificate, callbackBaseUrl, the callback secrets, name user and password, billManagerPath, the rules for payouts and
 * querySpacing; short code, till,
 * pass key, initiator, registered URL tokens and app key are its own.
 */
@UriParams
public class DarajaAccount {

    @UriParam(label = "account", defaultValue = "SANDBOX", enums = "SANDBOX,PRODUCTION",
              description = "SANDBOX or PRODUCTION: gives the base URL and the pace of questions. Callback URLs are "
            + "checked strictly when the base URL is Safaricom's.")
    private Environment environment;

    @UriParam(label = "account,advanced",
              description = "Base URL of the Daraja API instead of the environment's, for a proxy or the simulator.")
    private String baseUrl;

    @UriParam(label = "account,security", secret = true,
              description = "Consumer key of the app on the developer portal.")
    private String consumerKey;

    @UriParam(label = "account,security", secret = true,
              description = "Consumer secret of the app on the developer portal.")
    private String consumerSecret;

    @UriParam(label = "account",
              description = "Business short code: the pay bill number, or for tills the store or head-office number of "
            + "the go-live. 5 to 9 digits.")
    private String shortCode;

    @UriParam(label = "account",
              description = "Till that is credited by STK pushes. When set, pushes are CustomerBuyGoodsOnline unless "
            + "transactionType says otherwise.")
    private String tillNumber;

    @UriParam(label = "account,security", secret = true,
              description = "Pass key of the short code (mailed after go-live, published for the sandbox). Needed by "
            + "stkPush and stkQuery.")
    private String passkey;

    @UriParam(label = "account",
              description = "Name of the API operator, for the APIs that move the organisation's money or ask about it.")
    private String initiatorName;

    @UriParam(label = "account,security", secret = true,
              description = "Password of the API operator; encrypted with the certificate into the SecurityCredential.")
    private String initiatorPassword;

    @UriParam(label = "account,security", secret = true,
              description = "SecurityCredential made elsewhere, instead of initiatorPassword and certificate.")
    private String securityCredential;

    @UriParam(label = "account,security",
              description = "Safaricom's certificate of the environment that encrypts the initiator password: a "
            + "resource (classpath:, file:) in PEM or DER. An expired one is fine, Safaricom's have "
            + "all expired.")
    @Metadata(supportFileReference = true)
    private String certificate;

    @UriParam(label = "account,callback",
              description = "Public base URL under which Safaricom reaches the callback listener, https in "
            + "production. Capability paths are appended.")
    private String callbackBaseUrl;

    @UriParam(label = "account,security", secret = true,
              description = "Secret of the capability URLs, at least 32 characters. When unset it is derived from "
            + "consumer secret and pass key, so that all nodes agree.")
    private String callbackSecret;

    @UriParam(label = "account,security", secret = true,
              description = "The callbackSecret before the last change: still accepted in callbacks, never used for "
            + "new ones.")
    private String previousCallbackSecret;

    @UriParam(label = "account,security", secret = true,
              description = "Secrets of the URLs that are registered once (C2B, Bill Manager, Pull), at least 32 characters "
            + "each, separated by commas. The first one is used for new registrations, all are accepted. Never change "
            + "it with the others: in production the URLs stay registered. Required there, derived in the sandbox.")
    private String registeredUrlTokens;

    @UriParam(label = "account,security", secret = true,
              description = "The app_key that billOptIn returned, for Bill Manager's invoicing operations.")
    private String billManagerAppKey;

    @UriParam(label = "account,callback",
              description = "User name with which Safaricom fetches a token before it asks for the name behind a bill account. "
            + "Needed by c2bName.")
    private String nameUsername;

    @UriParam(label = "account,security", secret = true,
              description = "Password that belongs to nameUsername. A change ends all tokens.")
    private String namePassword;

    @UriParam(label = "account,advanced", defaultValue = "/v1/billmanager-invoice",
              description = "The path before all of Bill Manager's, which differs in some go-live mails.")
    private String billManagerPath;

    @UriParam(label = "account,payout",
              description = "The most that b2c, b2pochi, b2b, taxRemittance and reversal may move at once, in whole shillings. "
            + "Above it a payout is refused before sending. Unset: no such rule.")
    private Long payoutMaximum;

    @UriParam(label = "account,payout",
              description = "The most that they may move in a day of Nairobi altogether, in whole shillings, over all nodes "
            + "that share a database. A payout that has failed gives its part back; one that is held counts on the day on which "
            + "it was asked for. Unset: no such rule.")
    private Long payoutDailyMaximum;

    @UriParam(label = "account,payout",
              description = "Who may be paid: phone numbers and short codes, separated by commas. The account's own short "
            + "code and till may always, and a reversal goes back to whoever has paid. Unset: anybody.")
    private String payoutReceivers;

    @UriParam(label = "account,payout",
              description = "Above how many shillings a second person must approve a payout; 0 for all. It is stored as HELD "
            + "and not sent before. The route then needs requestedBy. Unset: none.")
    private Long payoutApprovalAbove;

    @UriParam(label = "account,advanced", javaType = "java.time.Duration",
              description = "Least time between two questions of this account to Safaricom. Unset: 12 seconds in the "
            + "sandbox (it allows five a minute), 200 milliseconds in production.")
    private Duration querySpacing;

    public Environment getEnvironment() {
        return environment;
    }

    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getConsumerKey() {
        return consumerKey;
    }

    public void setConsumerKey(String consumerKey) {
        this.consumerKey = consumerKey;
    }

    public String getConsumerSecret() {
        return consumerSecret;
    }

    public void setConsumerSecret(String consumerSecret) {
        this.consumerSecret = consumerSecret;
    }

    public String getShortCode() {
        return shortCode;
    }

    public void setShortCode(String shortCode) {
        this.shortCode = shortCode;
    }

    public String getTillNumber() {
        return tillNumber;
    }

    public void setTillNumber(String tillNumber) {
        this.tillNumber = tillNumber;
    }

    public String getPasskey() {
        return passkey;
    }

    public void setPasskey(String passkey) {
        this.passkey = passkey;
    }

    public String getInitiatorName() {
        return initiatorName;
    }

    public void setInitiatorName(String initiatorName) {
        this.initiatorName = initiatorName;
    }

    public String getInitiatorPassword() {
        return initiatorPassword;
    }

    public void setInitiatorPassword(String initiatorPassword) {
        this.initiatorPassword = initiatorPassword;
    }

    public String getSecurityCredential() {
        return securityCredential;
    }

    public void setSecurityCredential(String securityCredential) {
        this.securityCredential = securityCredential;
    }

    public String getCertificate() {
        return certificate;
    }

    public void setCertificate(String certificate) {
        this.certificate = certificate;
    }

    public String getCallbackBaseUrl() {
        return callbackBaseUrl;
    }

    public void setCallbackBaseUrl(String callbackBaseUrl) {
        this.callbackBaseUrl = callbackBaseUrl;
    }

    public String getCallbackSecret() {
        return callbackSecret;
    }

    public void setCallbackSecret(String callbackSecret) {
        this.callbackSecret = callbackSecret;
    }

    public String getPreviousCallbackSecret() {
        return previousCallbackSecret;
    }

    public void setPreviousCallbackSecret(String previousCallbackSecret) {
        this.previousCallbackSecret = previousCallbackSecret;
    }

    public String getRegisteredUrlTokens() {
        return registeredUrlTokens;
    }

    public void setRegisteredUrlTokens(String registeredUrlTokens) {
        this.registeredUrlTokens = registeredUrlTokens;
    }

    public String getBillManagerAppKey() {
        return billManagerAppKey;
    }

    public void setBillManagerAppKey(String billManagerAppKey) {
        this.billManagerAppKey = billManagerAppKey;
    }

    public String getNameUsername() {
        return nameUsername;
    }

    public void setNameUsername(String nameUsername) {
        this.nameUsername = nameUsername;
    }

    public String getNamePassword() {
        return namePassword;
    }

    public void setNamePassword(String namePassword) {
        this.namePassword = namePassword;
    }

    public String getBillManagerPath() {
        return billManagerPath;
    }

    public void setBillManagerPath(String billManagerPath) {
        this.billManagerPath = billManagerPath;
    }

    public Long getPayoutMaximum() {
        return payoutMaximum;
    }

    public void setPayoutMaximum(Long payoutMaximum) {
        this.payoutMaximum = payoutMaximum;
    }

    public Long getPayoutDailyMaximum() {
        return payoutDailyMaximum;
    }

    public void setPayoutDailyMaximum(Long payoutDailyMaximum) {
        this.payoutDailyMaximum = payoutDailyMaximum;
    }

    public String getPayoutReceivers() {
        return payoutReceivers;
    }

    public void setPayoutReceivers(String payoutReceivers) {
        this.payoutReceivers = payoutReceivers;
    }

    public Long getPayoutApprovalAbove() {
        return payoutApprovalAbove;
    }

    public void setPayoutApprovalAbove(Long payoutApprovalAbove) {
        this.payoutApprovalAbove = payoutApprovalAbove;
    }

    public Duration getQuerySpacing() {
        return querySpacing;
    }

    public void setQuerySpacing(Duration querySpacing) {
        this.querySpacing = querySpacing;
    }

    /** A copy with the component's settings where this account leaves out what accounts may share. */
    DarajaAccount withDefaults(DarajaAccount defaults) {
        DarajaAccount merged = new DarajaAccount();
        merged.environment = or(environment, defaults.environment);
        merged.baseUrl = or(baseUrl, defaults.baseUrl);
        // key and secret belong together
        merged.consumerKey = consumerKey == null && consumerSecret == null ? defaults.consumerKey : consumerKey;
        merged.consumerSecret = consumerKey == null && consumerSecret == null ? defaults.consumerSecret : consumerSecret;
        merged.shortCode = shortCode;
        merged.tillNumber = tillNumber;
        merged.passkey = passkey;
        merged.initiatorName = initiatorName;
        merged.initiatorPassword = initiatorPassword;
        merged.securityCredential = securityCredential;
        merged.certificate = or(certificate, defaults.certificate);
        merged.callbackBaseUrl = or(callbackBaseUrl, defaults.callbackBaseUrl);
        merged.callbackSecret = or(callbackSecret, defaults.callbackSecret);
        merged.previousCallbackSecret = or(previousCallbackSecret, defaults.previousCallbackSecret);
        merged.registeredUrlTokens = registeredUrlTokens;
        merged.billManagerAppKey = billManagerAppKey;
        merged.nameUsername = nameUsername == null && namePassword == null ? defaults.nameUsername : nameUsername;
        merged.namePassword = nameUsername == null && namePassword == null ? defaults.namePassword : namePassword;
        merged.billManagerPath = or(billManagerPath, defaults.billManagerPath);
        merged.payoutMaximum = or(payoutMaximum, defaults.payoutMaximum);
        merged.payoutDailyMaximum = or(payoutDailyMaximum, defaults.payoutDailyMaximum);
        merged.payoutReceivers = or(payoutReceivers, defaults.payoutReceivers);
        merged.payoutApprovalAbove = or(payoutApprovalAbove, defaults.payoutApprovalAbove);
        merged.querySpacing = or(querySpacing, defaults.querySpacing);
        return merged;
    }

    private static <T> T or(T own, T shared) {
        return own != null ? own : shared;
    }
}
