package io.github.cameldaraja.account;

import java.time.Duration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/**
 * The settings of one account: an app on the developer portal with a short code.
 *
 * <p>A named account takes from the component's own settings what it leaves out of environment, baseUrl, consumerKey and
 * consumerSecret, certificate, callbackBaseUrl, the callback secrets and querySpacing; short code, till, pass key and
 * initiator are its own.
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
              description = "Name of the API operator, for the APIs that move the organisation's money. No operation "
            + "uses it yet.")
    private String initiatorName;

    @UriParam(label = "account,security", secret = true,
              description = "Password of the API operator; encrypted with the certificate into the SecurityCredential. "
            + "No operation uses it yet.")
    private String initiatorPassword;

    @UriParam(label = "account,security", secret = true,
              description = "SecurityCredential made elsewhere, instead of initiatorPassword and certificate. No "
            + "operation uses it yet.")
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
        merged.querySpacing = or(querySpacing, defaults.querySpacing);
        return merged;
    }

    private static <T> T or(T own, T shared) {
        return own != null ? own : shared;
    }
}
