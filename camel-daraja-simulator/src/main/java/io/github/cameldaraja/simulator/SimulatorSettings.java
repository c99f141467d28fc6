package io.github.cameldaraja.simulator;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a simulator behaves; immutable, every {@code with…} method gives a changed copy.
 *
 * <p>Durations run on the simulator's clock, except {@link #latency()}, which is real time.
 */
public final class SimulatorSettings {

    private String host = "127.0.0.1";
    private int port;
    private Credentials credentials = Credentials.defaults();
    private boolean newTokenKillsOld = true;
    private Duration tokenLife = Duration.ofSeconds(3599);
    private boolean expiresInAsString;
    private boolean strict;
    private boolean allowHttpCallbacks = true;
    private boolean queryLimit;
    private boolean rule17;
    private boolean handset;
    private Duration latency = Duration.ZERO;
    private Duration answerDelay = Duration.ofMillis(300);
    private Duration promptLife = Duration.ofSeconds(60);
    private long defaultBalance = 100_000;
    private long workingFloat = 1_000_000;
    private long utilityFloat;
    private String payoutShortCode = "574300";
    private boolean registerOnce;
    private boolean validation;
    private Duration confirmationDelay = Duration.ofMillis(200);
    private Duration pullDelay = Duration.ZERO;
    private long bongaPoints = 1_000;
    private String billManagerPrefix = "/v1/billmanager-invoice";

    private int recording = Integer.MAX_VALUE;

    private SimulatorSettings() {
    }

    /** The settings of {@link DarajaSimulator#start()}. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings();
    }

    /** Address to listen on, 127.0.0.1 unless changed. */
    public String host() {
        return host;
    }

    /** Port to listen on; 0 picks a free one. */
    public int port() {
        return port;
    }

    /** Keys, short codes and passkey of the one merchant. */
    public Credentials credentials() {
        return credentials;
    }

    /** Whether each new token invalidates the one before, as documented by Safaricom. */
    public boolean newTokenKillsOld() {
        return newTokenKillsOld;
    }

    /** Life of a token, also told as {@code expires_in} in seconds. */
    public Duration tokenLife() {
        return tokenLife;
    }

    /** Whether {@code expires_in} is a JSON string instead of a number. */
    public boolean expiresInAsString() {
        return expiresInAsString;
    }

    /** Whether JSON types must be exactly those of the portal's samples. */
    public boolean strict() {
        return strict;
    }

    /** Whether plain HTTP and local callback addresses are accepted. */
    public boolean allowHttpCallbacks() {
        return allowHttpCallbacks;
    }

    /** Whether the STK query is limited to 5 calls a minute without bursts, i.e. one in 12 seconds. */
    public boolean queryLimit() {
        return queryLimit;
    }

    /** Whether the same amount from the same customer within two minutes ends with result 17. */
    public boolean rule17() {
        return rule17;
    }

    /** Whether every prompt waits for a person at the virtual handset. */
    public boolean handset() {
        return handset;
    }

    /** Real time by which every API answer is delayed. */
    public Duration latency() {
        return latency;
    }

    /** How long a simulated customer takes to answer a prompt. */
    public Duration answerDelay() {
        return answerDelay;
    }

    /** How long a prompt stays open when nobody answers. */
    public Duration promptLife() {
        return promptLife;
    }

    /** Whole shillings that a customer has who was not added explicitly. */
    public long defaultBalance() {
        return defaultBalance;
    }

    /** Whole shillings in the pay bill's working account at the start, for payments to other organisations. */
    public long workingFloat() {
        return workingFloat;
    }

    /** Whole shillings in the pay bill's utility account at the start, for payments to customers; 0 unless changed. */
    public long utilityFloat() {
        return utilityFloat;
    }

    /** The merchant's other short code, which only pays customers: it is topped up by B2B, and its operator is the same. */
    public String payoutShortCode() {
        return payoutShortCode;
    }

    /** What the paths of Bill Manager begin with, without a slash at the end. */
    public String billManagerPrefix() {
        return billManagerPrefix;
    }

    /** Listens on another address. */
    public SimulatorSettings withHost(String value) {
        return with(s -> s.host = Objects.requireNonNull(value));
    }

    /** Listens on a given port; 0 picks a free one. */
    public SimulatorSettings withPort(int value) {
        return with(s -> s.port = value);
    }

    /** Serves another merchant. */
    public SimulatorSettings withCredentials(Credentials value) {
        return with(s -> s.credentials = Objects.requireNonNull(value));
    }

    /** Lets several tokens live side by side when false. */
    public SimulatorSettings withNewTokenKillsOld(boolean value) {
        return with(s -> s.newTokenKillsOld = value);
    }

    /** Changes the life of tokens. */
    public SimulatorSettings withTokenLife(Duration value) {
        return with(s -> s.tokenLife = Objects.requireNonNull(value));
    }

    /** Tells {@code expires_in} as a string. */
    public SimulatorSettings withExpiresInAsString(boolean value) {
        return with(s -> s.expiresInAsString = value);
    }

    /** Demands the JSON types of the portal's samples. */
    public SimulatorSettings withStrict(boolean value) {
        return with(s -> s.strict = value);
    }

    /** Refuses {@code http://} and local callback addresses when false. */
    public SimulatorSettings withAllowHttpCallbacks(boolean value) {
        return with(s -> s.allowHttpCallbacks = value);
    }

    /** Switches the rate limit of the STK query. */
    public SimulatorSettings withQueryLimit(boolean value) {
        return with(s -> s.queryLimit = value);
    }

    /** Switches the two minutes rule. */
    public SimulatorSettings withRule17(boolean value) {
        return with(s -> s.rule17 = value);
    }

    /** Leaves every prompt to the virtual handset. */
    public SimulatorSettings withHandset(boolean value) {
        return with(s -> s.handset = value);
    }

    /** Delays every API answer by real time. */
    public SimulatorSettings withLatency(Duration value) {
        return with(s -> s.latency = Objects.requireNonNull(value));
    }

    /** Changes how long customers think. */
    public SimulatorSettings withAnswerDelay(Duration value) {
        return with(s -> s.answerDelay = Objects.requireNonNull(value));
    }

    /** Changes how long a prompt stays open. */
    public SimulatorSettings withPromptLife(Duration value) {
        return with(s -> s.promptLife = Objects.requireNonNull(value));
    }

    /** Changes the balance, in whole shillings, of customers not added explicitly. */
    public SimulatorSettings withDefaultBalance(long value) {
        return with(s -> s.defaultBalance = value);
    }

    /** Changes what the pay bill's working account holds at the start, in whole shillings. */
    public SimulatorSettings withWorkingFloat(long value) {
        return with(s -> s.workingFloat = value);
    }

    /** Changes what the pay bill's utility account holds at the start, in whole shillings. */
    public SimulatorSettings withUtilityFloat(long value) {
        return with(s -> s.utilityFloat = value);
    }

    /** Gives the merchant another short code to pay customers from. */
    public SimulatorSettings withPayoutShortCode(String value) {
        return with(s -> s.payoutShortCode = Objects.requireNonNull(value));
    }

    /** Whether C2B addresses can be registered only once, as in production; they are overwritten otherwise. */
    public boolean registerOnce() {
        return registerOnce;
    }

    /** Whether C2B validation is activated for the merchant's numbers from the start. */
    public boolean validation() {
        return validation;
    }

    /** How long after a payment its C2B confirmation leaves. */
    public Duration confirmationDelay() {
        return confirmationDelay;
    }

    /** How long after a payment the pull API knows it. */
    public Duration pullDelay() {
        return pullDelay;
    }

    /** Bonga points of a customer who was not given others. */
    public long bongaPoints() {
        return bongaPoints;
    }

    /** Refuses a second registration of C2B addresses when true. */
    public SimulatorSettings withRegisterOnce(boolean value) {
        return with(s -> s.registerOnce = value);
    }

    /** Activates C2B validation for the merchant's numbers. */
    public SimulatorSettings withValidation(boolean value) {
        return with(s -> s.validation = value);
    }

    /** Changes how long after a payment its C2B confirmation leaves. */
    public SimulatorSettings withConfirmationDelay(Duration value) {
        return with(s -> s.confirmationDelay = Objects.requireNonNull(value));
    }

    /** Changes how long after a payment the pull API knows it. */
    public SimulatorSettings withPullDelay(Duration value) {
        return with(s -> s.pullDelay = Objects.requireNonNull(value));
    }

    /** Changes the Bonga points of customers who were not given others. */
    public SimulatorSettings withBongaPoints(long value) {
        return with(s -> s.bongaPoints = value);
    }

    /** How many requests and how many callbacks are kept, the last ones; all unless changed. */
    public int recording() {
        return recording;
    }

    /** Keeps only so many requests and so many callbacks, the last ones, as a long run needs it. */
    public SimulatorSettings withRecording(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("recording must not be negative: " + value);
        }
        return with(s -> s.recording = value);
    }

    /** Moves Bill Manager, e.g. to the doubled prefix that some go-live mails name; no slash at the end. */
    public SimulatorSettings withBillManagerPrefix(String value) {
        return with(s -> s.billManagerPrefix = Objects.requireNonNull(value));
    }

    private SimulatorSettings with(Consumer<SimulatorSettings> change) {
        SimulatorSettings copy = new SimulatorSettings();
        copy.host = host;
        copy.port = port;
        copy.credentials = credentials;
        copy.newTokenKillsOld = newTokenKillsOld;
        copy.tokenLife = tokenLife;
        copy.expiresInAsString = expiresInAsString;
        copy.strict = strict;
        copy.allowHttpCallbacks = allowHttpCallbacks;
        copy.queryLimit = queryLimit;
        copy.rule17 = rule17;
        copy.handset = handset;
        copy.latency = latency;
        copy.answerDelay = answerDelay;
        copy.promptLife = promptLife;
        copy.defaultBalance = defaultBalance;
        copy.workingFloat = workingFloat;
        copy.utilityFloat = utilityFloat;
        copy.payoutShortCode = payoutShortCode;
        copy.registerOnce = registerOnce;
        copy.validation = validation;
        copy.confirmationDelay = confirmationDelay;
        copy.pullDelay = pullDelay;
        copy.bongaPoints = bongaPoints;
        copy.billManagerPrefix = billManagerPrefix;
        copy.recording = recording;
        change.accept(copy);
        return copy;
    }
}
