package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.RequestApi;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Reads and checks a request; what is done with it is the subclass's matter. It never blocks. */
abstract class DarajaProducer extends DefaultAsyncProducer {

    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    final DarajaConfiguration options;
    final DarajaServices services;
    final String operation;

    private final RequestApi api;
    private final boolean callbacks;
    private RequestReader reader;

    DarajaProducer(DarajaEndpoint endpoint, RequestApi api) {
        super(endpoint);
        this.options = endpoint.getConfiguration();
        this.services = endpoint.services();
        this.operation = endpoint.getOperation();
        this.api = api;
        this.callbacks = api.needs().contains(Need.CALLBACKS);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        services.accounts().get(options.getAccount()).requireFor(operation, api.needs());
        reader = new RequestReader(api, options.pinned(), options.isRequestHeaders());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (callbacks) {
            services.acceptCallbacks();
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            if (!services.waiting().isOpen()) {
                throw new DarajaNotSentException("the component is stopping, nothing was sent", local());
            }
            // not once for all: the settings of a resolved account may change
            Account account = services.accounts().get(options.getAccount());
            begin(exchange, callback, account, reader.read(exchange.getMessage(), api.defaults(account.merchant())));
            return false;
        } catch (InvalidFieldException e) {
            refuse(exchange, new DarajaRequestException("refused before sending: " + e.getMessage(), local(), e));
        } catch (RuntimeException e) {
            refuse(exchange, e);
        }
        callback.done(true);
        return true;
    }

    private static void refuse(Exchange exchange, RuntimeException why) {
        OutcomeHeaders.writeFailure(exchange.getMessage(), null, why);
        exchange.setException(why);
    }

    /**
     * Goes to work; may throw only as long as nothing has been started. From then on the callback is called exactly once.
     *
     * @throws InvalidFieldException naming field, rule and cure
     */
    abstract void begin(Exchange exchange, AsyncCallback callback, Account account, Fields fields);

    /**
     * Does it again a little later, if it only asks and no clear answer came; a few times at most.
     *
     * @param attempt the one that has ended, 1 for the first
     * @return whether it will be done again
     */
    final boolean askAgain(Throwable failure, boolean movesMoney, int attempt, Runnable ask) {
        boolean again = failure instanceof DarajaOutcomeUnknownException && !movesMoney && attempt < ATTEMPTS
                && services.waiting().isOpen();
        if (again) {
            services.deadlines().at(services.clock().instant().plus(PAUSE.multipliedBy(attempt)), services.waiting().later(ask));
        }
        return again;
    }

    /** Continues the exchange. */
    final void goOn(Exchange exchange, AsyncCallback callback) {
        if (exchange.isTransacted()) {
            // only wakes the thread that waits for it, which may be one of the workers itself, and the last one
            callback.done(false);
        } else {
            Workers.run(services.workers(), () -> callback.done(false));
        }
    }

    /** What is known of a failure without an HTTP answer. */
    final ErrorDetails local() {
        return ErrorDetails.local(operation, options.getAccount());
    }
}
