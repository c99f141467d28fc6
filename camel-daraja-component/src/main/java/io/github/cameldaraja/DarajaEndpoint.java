package io.github.cameldaraja;

import io.github.cameldaraja.api.AnswerApi;
import io.github.cameldaraja.api.ConsultationApi;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.NoticeApi;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.QueryApi;
import io.github.cameldaraja.api.ReportApi;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.StatementApi;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;

/**
 * Pay and get paid with M-Pesa through Safaricom's Daraja API.
 *
 * <p>A producer starts what the operation names; a consumer receives what comes of it.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = "daraja", title = "Daraja (M-Pesa)", syntax = "daraja:operation",
             category = { Category.FINANCE, Category.API }, headersClass = DarajaConstants.class)
@Metadata(annotations = { "protocol=https" })
public class DarajaEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, MultipleConsumersSupport, EndpointServiceLocation {

    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration PAUSE_OF_REPORTS = Duration.ofHours(1);

    @UriPath(description = "The API: to() starts it, from() receives what comes of it.", enums = Operations.NAMES)
    @Metadata(required = true)
    private final String operation;
    @UriParam
    private DarajaConfiguration configuration;
    @UriParam(label = "consumer,scheduler", defaultValue = "5m", javaType = "java.time.Duration",
              description = "The pause between two looks of pullTransactions, or between two runs of reconcile: there it is 1 h.")
    private long delay;

    private final DarajaApi api;
    // what the URI names
    private final Set<String> options;

    /**
     * @param options the names of the options in the URI
     */
    DarajaEndpoint(String uri, DarajaComponent component, DarajaApi api, DarajaConfiguration configuration, Set<String> options) {
        super(uri, component);
        this.operation = api.name();
        this.api = api;
        this.configuration = configuration;
        this.options = Set.copyOf(options);
        setDelay((api instanceof ReportApi ? PAUSE_OF_REPORTS : PAUSE).toMillis());
    }

    public String getOperation() {
        return operation;
    }

    public DarajaConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(DarajaConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() throws Exception {
        if (DarajaConfiguration.ALL_ACCOUNTS.equals(configuration.getAccount())) {
            throw new IllegalArgumentException("to(\"daraja:" + operation + "\") needs one account; account=* is for from()");
        }
        if (api instanceof RequestApi) {
            OptionRules.check(api, false, options);
        }
        if (api instanceof OutcomeApi outcome) {
            return new OutcomeProducer(this, outcome);
        }
        if (api instanceof QueryApi query) {
            return new QueryProducer(this, query);
        }
        if (api instanceof AnswerApi<?> answer) {
            return new AnswerProducer<>(this, answer);
        }
        throw new IllegalArgumentException("to(\"daraja:" + operation + "\") does not exist: it is "
                + (api instanceof ReportApi ? "the component that tells" : "Safaricom who begins") + "; use"
                + " from(\"daraja:" + operation + "\")");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = consumer(processor);
        OptionRules.check(api, true, options);
        configureConsumer(consumer);
        return consumer;
    }

    private Consumer consumer(Processor processor) {
        if (api instanceof NoticeApi notice) {
            return new NoticeConsumer(this, processor, notice);
        }
        if (api instanceof ConsultationApi consultation) {
            return new ConsultationConsumer(this, processor, consultation);
        }
        if (api instanceof StatementApi<?> statement) {
            return new PullConsumer(this, statement, processor);
        }
        if (api instanceof ReportApi report) {
            if (options.stream().noneMatch("account"::equalsIgnoreCase)) {
                // who names nobody must not miss what concerns others
                configuration.setAccount(DarajaConfiguration.ALL_ACCOUNTS);
            }
            return report.isScheduled() ? new ReconcileConsumer(this, processor) : new AlertConsumer(this, processor);
        }
        if (!(api instanceof OutcomeApi)) {
            throw new IllegalArgumentException("from(\"daraja:" + operation + "\") does not exist: " + operation
                    + " answers at once; use to(\"daraja:" + operation + "\")");
        }
        return new OutcomeConsumer(this, processor, true);
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = delay;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (isVerified()) {
            // before the first message can come: other routes open the listener as well, and this one may not start by itself
            services().verifyNotices(operation, configuration.getAccount());
        }
    }

    /** Whether payments that come by themselves are asked about before they count. */
    boolean isVerified() {
        return api instanceof NoticeApi
                && (configuration.getVerify() == null ? configuration.getPath() != null : configuration.getVerify());
    }

    DarajaServices services() {
        return ((DarajaComponent) getComponent()).services();
    }

    /** Consumers of one group compete. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public String getServiceUrl() {
        // a list of all services must not fail, nor resolve accounts
        return services().accounts().all().stream().filter(account -> account.name().equals(configuration.getAccount()))
                .map(account -> account.baseUrl().toString()).findFirst().orElse(null);
    }

    @Override
    public String getServiceProtocol() {
        return "https";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of("account", configuration.getAccount(), "operation", operation);
    }
}
