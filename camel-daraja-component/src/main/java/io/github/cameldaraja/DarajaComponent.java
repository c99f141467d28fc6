package io.github.cameldaraja;

import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.account.DarajaAccountResolver;
import io.github.cameldaraja.api.PayoutPolicy;
import io.github.cameldaraja.callback.CallbackFigures;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.PropertiesHelper;

/** Pay and get paid with M-Pesa through Safaricom's Daraja API. */
@Component("daraja")
public class DarajaComponent extends DefaultComponent {

    @Metadata(label = "account",
              description = "The settings of the default account, and what named accounts may share.")
    private DarajaAccount configuration = new DarajaAccount();
    @Metadata(label = "account", javaType = "java.util.Map",
              description = "Named accounts, by name. What they leave out comes from the component's own settings "
            + "where accounts may share it. A URI names one with account=shop.")
    private Map<String, DarajaAccount> accounts = new LinkedHashMap<>();
    @Metadata(label = "account,advanced", autowired = true,
              description = "Finds accounts that are not configured, at run time.")
    private DarajaAccountResolver accountResolver;
    @Metadata(label = "advanced", autowired = true,
              description = "Where payments are kept. Memory by default, which is gone with the process.")
    private TransactionRepository repository;
    @Metadata(label = "advanced", defaultValue = Transaction.DEFAULT_APPLICATION,
            description = "Whose payments these are, where several applications share a database: each is told of its own only. The"
                    + " nodes of one application have the same name, and the same routes.")
    private String application = Transaction.DEFAULT_APPLICATION;
    @Metadata(label = "advanced", defaultValue = "100000",
              description = "How many payments the memory repository keeps. The oldest settled ones make room. If all "
            + "are open, new ones are refused as not sent.")
    private int memoryCapacity = 100_000;
    @Metadata(label = "advanced", defaultValue = "false",
              description = "Whether payouts may run in production although payments are kept in memory only. After a "
            + "restart nobody knows then what was paid.")
    private boolean allowVolatile;
    @Metadata(label = "advanced", autowired = true, javaType = "java.time.Clock",
              description = "The time, for tests and simulations.")
    private Clock clock;
    @Metadata(label = "http", defaultValue = "5s", javaType = "java.time.Duration",
              description = "How long a connection to Safaricom may take.")
    private Duration connectTimeout = Duration.ofSeconds(5);
    @Metadata(label = "http", defaultValue = "30s", javaType = "java.time.Duration",
              description = "How long Safaricom may take to answer. After that the fate of a push is unknown: it is "
            + "not sent again, and only its callback can tell.")
    private Duration responseTimeout = Duration.ofSeconds(30);
    @Metadata(label = "http", defaultValue = "100",
              description = "How many requests to Safaricom run at the same time. Each takes a thread.")
    private int maxConnections = 100;
    @Metadata(label = "http", defaultValue = "1000",
              description = "How many requests wait for a connection before others are refused as not sent.")
    private int maxPending = 1000;
    @Metadata(label = "http,security",
              description = "TLS settings for requests to Safaricom.")
    private SSLContextParameters sslContextParameters;
    @Metadata(label = "http",
              description = "Host of an HTTP proxy for requests to Safaricom.")
    private String proxyHost;
    @Metadata(label = "http",
              description = "Port of the HTTP proxy.")
    private Integer proxyPort;
    @Metadata(label = "http,security", secret = true,
              description = "User name for the HTTP proxy.")
    private String proxyUsername;
    @Metadata(label = "http,security", secret = true,
              description = "Password for the HTTP proxy.")
    private String proxyPassword;
    @Metadata(label = "callback", defaultValue = "netty-http",
              description = "The Camel component that serves callbacks: netty-http, jetty, servlet, undertow or platform-http. "
            + "All but netty-http share their threads with the routes that they serve: let none of those wait.")
    private String callbackComponentName = "netty-http";
    @Metadata(label = "callback", defaultValue = "0.0.0.0",
              description = "The address that the callback listener binds.")
    private String callbackHost = "0.0.0.0";
    @Metadata(label = "callback", defaultValue = "8175",
              description = "The port of the callback listener: the only one to open to the internet, behind TLS.")
    private int callbackPort = 8175;
    @Metadata(label = "callback",
              description = "The path before ours at the callback listener, for a proxy or a servlet container that changes it; / for none."
            + " One for all accounts. Unset: the path of callbackBaseUrl.")
    private String callbackPath;
    @Metadata(label = "callback,security",
              description = "Addresses and ranges (CIDR), separated by commas, that callbacks come from. Others that "
            + "carry our capability are kept but not believed, and Safaricom is asked. Unset: any.")
    private String callbackSources;
    @Metadata(label = "callback,security",
              description = "Addresses and ranges of our own proxies, whose X-Forwarded-For is believed.")
    private String trustedProxies;
    @Metadata(label = "callback", defaultValue = "5s", javaType = "java.time.Duration",
              description = "How long a callback waits. With a durable repository: for the repository to take it, before it "
            + "goes to the spool. With one that is not: for the first route that takes its outcome, before it is answered "
            + "anyway.")
    private Duration storeTimeout = Duration.ofSeconds(5);
    @Metadata(label = "callback", defaultValue = "daraja-spool",
              description = "The directory where callbacks wait that a durable repository cannot take within storeTimeout. "
            + "Made when it is needed first. On a disk of this machine, and one for each application.")
    private String spoolDirectory = "daraja-spool";
    @Metadata(label = "asking", defaultValue = "true",
              description = "Whether the component asks Safaricom by itself about payments whose callback is late, "
            + "cannot be read or cannot be believed. If not, only the operation reconcile asks, at the hours of its schedule, "
            + "and what has not ended after 48 hours is UNRESOLVED.")
    private boolean askWhenLate = true;
    @Metadata(label = "asking", defaultValue = "20s", javaType = "java.time.Duration",
              description = "When to ask first, after the acknowledgement.")
    private Duration askAfter = Duration.ofSeconds(20);
    @Metadata(label = "asking", defaultValue = "15s", javaType = "java.time.Duration",
              description = "The pause between the questions of the first two minutes. Later pauses grow up to an "
            + "hour.")
    private Duration askInterval = Duration.ofSeconds(15);
    @Metadata(label = "asking", defaultValue = "20",
              description = "How often a payment is asked about before it is UNRESOLVED, for a person to decide. With "
            + "the defaults that takes about ten hours.")
    private int maximumQuestions = 20;
    @Metadata(label = "asking", defaultValue = "30s", javaType = "java.time.Duration",
              description = "How long a failure that only a query reports waits for the callback to know better.")
    private Duration queryGrace = Duration.ofSeconds(30);
    @Metadata(label = "asking", defaultValue = "24h", javaType = "java.time.Duration",
              description = "How long after its start a payout of b2c (v3) or b2pochi, or a reversal, may be sent again when nobody knows"
            + " whether it has arrived: the identical request, of which Safaricom refuses the second one. 0 for never.")
    private Duration resendWindow = Duration.ofHours(24);
    @Metadata(label = "guards", defaultValue = "true",
              description = "Whether stkPush refuses, before sending, what M-Pesa would refuse: a second prompt on a phone that shows one"
            + " of this account's, for 90 seconds at most, and the same amount within two minutes after this customer has paid it."
            + " Of several nodes that share a database each sees what the others have sent.")
    private boolean promptGuard = true;
    @Metadata(label = "guards", autowired = true,
              description = "A company's own rules for what pays out, besides those of the account: the stricter one decides.")
    private PayoutPolicy payoutPolicy;
    @Metadata(label = "guards", defaultValue = "24h", javaType = "java.time.Duration",
              description = "How long a payout that is HELD waits for a second person. After that it is given up, and its key is free.")
    private Duration approvalTime = Duration.ofHours(24);
    @Metadata(label = "guards", defaultValue = "2m", javaType = "java.time.Duration",
              description = "How far apart equal payouts are sent: the same account, customer and amount. M-Pesa refuses what comes"
            + " closer. The later one waits without a thread, up to five times as long; if it had to wait longer it is refused as"
            + " not sent. For b2c and b2pochi. 0 for not at all.")
    private Duration payoutSpacing = Duration.ofMinutes(2);
    @Metadata(label = "arrivals", defaultValue = "30s", javaType = "java.time.Duration",
              description = "How long a payment that comes by itself waits while a push is open that it may belong to: for the "
            + "push's own callback to say so. After that it counts as the outcome of that push, or, if several fit, as a "
            + "payment of its own.")
    private Duration mergeWindow = Duration.ofSeconds(30);
    @Metadata(label = "delivery", defaultValue = "10",
              description = "How many threads run routes that are told outcomes, and what follows a daraja step in any "
            + "route.")
    private int deliveryThreads = 10;
    @Metadata(label = "delivery", defaultValue = "10",
              description = "How often a group of consumers is told an outcome that its route fails on, before the "
            + "outcome is parked.")
    private int maximumDeliveries = 10;
    @Metadata(label = "delivery", defaultValue = "1s", javaType = "java.time.Duration",
              description = "The pause before an outcome is told again. It doubles each time, up to five minutes.")
    private Duration deliveryDelay = Duration.ofSeconds(1);
    @Metadata(label = "retention", defaultValue = "30d", javaType = "java.time.Duration",
              description = "How long what tells of people is kept after the last change of a payment that is over: phone numbers, "
            + "names, account references, metadata, messages kept raw, and what was delivered. At least three days.")
    private Duration rawRetention = Duration.ofDays(30);
    @Metadata(label = "retention", defaultValue = "2557d", javaType = "java.time.Duration",
              description = "How long a payment that is over is kept: what accounting needs of it, without names. Seven years by "
            + "default; ask your auditor. Its receipt and the hash of its idempotency key are kept for good.")
    private Duration ledgerRetention = Duration.ofDays(2557);

    @Metadata(label = "health", defaultValue = "false",
              description = "Whether the health checks count for readiness. By default they do not: a node that is taken out of service"
            + " could not hear callbacks either. They never count for liveness, and never call Safaricom.")
    private boolean healthReadiness;
    @Metadata(label = "health", defaultValue = "1h", javaType = "java.time.Duration",
              description = "How old the oldest payment may be whose outcome is still to come, before health is down.")
    private Duration healthUnsettledAge = Duration.ofHours(1);
    @Metadata(label = "health", defaultValue = "1000",
              description = "How many outcomes may be on their way to routes before health is down.")
    private int healthBacklog = 1000;
    @Metadata(label = "health", defaultValue = "30m", javaType = "java.time.Duration",
              description = "How long payments may end by questions alone, three of them at least, while no callback comes to this node,"
            + " before health is down.")
    private Duration healthCallbackSilence = Duration.ofMinutes(30);

    private DarajaServices services;

    public DarajaAccount getConfiguration() {
        return configuration;
    }

    public void setConfiguration(DarajaAccount configuration) {
        this.configuration = configuration;
    }

    public Map<String, DarajaAccount> getAccounts() {
        return accounts;
    }

    public void setAccounts(Map<String, DarajaAccount> accounts) {
        this.accounts = accounts;
    }

    public DarajaAccountResolver getAccountResolver() {
        return accountResolver;
    }

    public void setAccountResolver(DarajaAccountResolver accountResolver) {
        this.accountResolver = accountResolver;
    }

    public TransactionRepository getRepository() {
        return repository;
    }

    public void setRepository(TransactionRepository repository) {
        this.repository = repository;
    }

    public String getApplication() {
        return application;
    }

    public void setApplication(String application) {
        this.application = application;
    }

    public int getMemoryCapacity() {
        return memoryCapacity;
    }

    public void setMemoryCapacity(int memoryCapacity) {
        this.memoryCapacity = memoryCapacity;
    }

    public boolean isAllowVolatile() {
        return allowVolatile;
    }

    public void setAllowVolatile(boolean allowVolatile) {
        this.allowVolatile = allowVolatile;
    }

    public Clock getClock() {
        return clock;
    }

    public void setClock(Clock clock) {
        this.clock = clock;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(Duration responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public int getMaxPending() {
        return maxPending;
    }

    public void setMaxPending(int maxPending) {
        this.maxPending = maxPending;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getProxyUsername() {
        return proxyUsername;
    }

    public void setProxyUsername(String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public String getProxyPassword() {
        return proxyPassword;
    }

    public void setProxyPassword(String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    public String getCallbackComponentName() {
        return callbackComponentName;
    }

    public void setCallbackComponentName(String callbackComponentName) {
        this.callbackComponentName = callbackComponentName;
    }

    public String getCallbackHost() {
        return callbackHost;
    }

    public void setCallbackHost(String callbackHost) {
        this.callbackHost = callbackHost;
    }

    public int getCallbackPort() {
        return callbackPort;
    }

    public void setCallbackPort(int callbackPort) {
        this.callbackPort = callbackPort;
    }

    public String getCallbackPath() {
        return callbackPath;
    }

    public void setCallbackPath(String callbackPath) {
        this.callbackPath = callbackPath;
    }

    public String getCallbackSources() {
        return callbackSources;
    }

    public void setCallbackSources(String callbackSources) {
        this.callbackSources = callbackSources;
    }

    public String getTrustedProxies() {
        return trustedProxies;
    }

    public void setTrustedProxies(String trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    public Duration getStoreTimeout() {
        return storeTimeout;
    }

    public void setStoreTimeout(Duration storeTimeout) {
        this.storeTimeout = storeTimeout;
    }

    public String getSpoolDirectory() {
        return spoolDirectory;
    }

    public void setSpoolDirectory(String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }

    public boolean isAskWhenLate() {
        return askWhenLate;
    }

    public void setAskWhenLate(boolean askWhenLate) {
        this.askWhenLate = askWhenLate;
    }

    public Duration getAskAfter() {
        return askAfter;
    }

    public void setAskAfter(Duration askAfter) {
        this.askAfter = askAfter;
    }

    public Duration getAskInterval() {
        return askInterval;
    }

    public void setAskInterval(Duration askInterval) {
        this.askInterval = askInterval;
    }

    public int getMaximumQuestions() {
        return maximumQuestions;
    }

    public void setMaximumQuestions(int maximumQuestions) {
        this.maximumQuestions = maximumQuestions;
    }

    public Duration getQueryGrace() {
        return queryGrace;
    }

    public void setQueryGrace(Duration queryGrace) {
        this.queryGrace = queryGrace;
    }

    public Duration getResendWindow() {
        return resendWindow;
    }

    public void setResendWindow(Duration resendWindow) {
        this.resendWindow = resendWindow;
    }

    public PayoutPolicy getPayoutPolicy() {
        return payoutPolicy;
    }

    public void setPayoutPolicy(PayoutPolicy payoutPolicy) {
        this.payoutPolicy = payoutPolicy;
    }

    public Duration getApprovalTime() {
        return approvalTime;
    }

    public void setApprovalTime(Duration approvalTime) {
        this.approvalTime = approvalTime;
    }

    public Duration getPayoutSpacing() {
        return payoutSpacing;
    }

    public void setPayoutSpacing(Duration payoutSpacing) {
        this.payoutSpacing = payoutSpacing;
    }

    public boolean isPromptGuard() {
        return promptGuard;
    }

    public void setPromptGuard(boolean promptGuard) {
        this.promptGuard = promptGuard;
    }

    public Duration getMergeWindow() {
        return mergeWindow;
    }

    public void setMergeWindow(Duration mergeWindow) {
        this.mergeWindow = mergeWindow;
    }

    public int getDeliveryThreads() {
        return deliveryThreads;
    }

    public void setDeliveryThreads(int deliveryThreads) {
        this.deliveryThreads = deliveryThreads;
    }

    public int getMaximumDeliveries() {
        return maximumDeliveries;
    }

    public void setMaximumDeliveries(int maximumDeliveries) {
        this.maximumDeliveries = maximumDeliveries;
    }

    public Duration getDeliveryDelay() {
        return deliveryDelay;
    }

    public void setDeliveryDelay(Duration deliveryDelay) {
        this.deliveryDelay = deliveryDelay;
    }

    public Duration getRawRetention() {
        return rawRetention;
    }

    public void setRawRetention(Duration rawRetention) {
        this.rawRetention = rawRetention;
    }

    public Duration getLedgerRetention() {
        return ledgerRetention;
    }

    public void setLedgerRetention(Duration ledgerRetention) {
        this.ledgerRetention = ledgerRetention;
    }

    public boolean isHealthReadiness() {
        return healthReadiness;
    }

    public void setHealthReadiness(boolean healthReadiness) {
        this.healthReadiness = healthReadiness;
    }

    public Duration getHealthUnsettledAge() {
        return healthUnsettledAge;
    }

    public void setHealthUnsettledAge(Duration healthUnsettledAge) {
        this.healthUnsettledAge = healthUnsettledAge;
    }

    public int getHealthBacklog() {
        return healthBacklog;
    }

    public void setHealthBacklog(int healthBacklog) {
        this.healthBacklog = healthBacklog;
    }

    public Duration getHealthCallbackSilence() {
        return healthCallbackSilence;
    }

    public void setHealthCallbackSilence(Duration healthCallbackSilence) {
        this.healthCallbackSilence = healthCallbackSilence;
    }

    /** How the keeping of callbacks has gone since the component was started; for health checks and monitoring. */
    public CallbackFigures callbackFigures() {
        return services().callbackFigures();
    }

    /** What all endpoints share; built when first needed, for Camel Main sets options after the component is initialised. */
    DarajaServices services() {
        lock.lock();
        try {
            if (services == null) {
                services = new DarajaServices(this);
            }
            return services;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        refuseSecrets(parameters.keySet());
        Set<String> options = new TreeSet<>(parameters.keySet());
        Map<String, Object> fields = PropertiesHelper.extractProperties(parameters, "field.");
        DarajaEndpoint endpoint = new DarajaEndpoint(uri, this, services().operations().get(remaining), new DarajaConfiguration(),
                options);
        endpoint.getConfiguration().setFields(fields);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    // Camel would print the value of an unknown option
    private static void refuseSecrets(Collection<String> names) {
        for (String option : names) {
            String name = SecretWords.secret(option);
            if (name != null) {
                throw new IllegalArgumentException("option " + option + " is a secret and must not stand in an endpoint URI, which is"
                        + " logged and shown; " + (option.startsWith("field.") ? "leave it out, it comes from the account's settings"
                                : "set camel.component.daraja." + name + " or camel.component.daraja.accounts[name]." + name));
            }
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(services());
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(services);
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        ServiceHelper.stopAndShutdownService(services);
        services = null;
        super.doShutdown();
    }
}
