package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.ConsultationApi;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.callback.Consultant;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a route answer what Safaricom asks. The body at the end of the route is the answer. */
final class ConsultationConsumer extends DefaultConsumer implements Consultant, Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsultationConsumer.class);
    private static final Duration LONGEST = Duration.ofSeconds(7);

    private final ConsultationApi api;
    private final DarajaConfiguration options;
    private final DarajaServices services;

    ConsultationConsumer(DarajaEndpoint endpoint, Processor processor, ConsultationApi api) {
        super(endpoint, processor);
        this.api = api;
        this.options = endpoint.getConfiguration();
        this.services = endpoint.services();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        Duration patience = options.getAnswerTimeout();
        if (patience.compareTo(LONGEST) > 0 || patience.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("answerTimeout of " + api.name() + " must be more than zero and at most 7s, for"
                    + " Safaricom waits about eight seconds; shorten it, and declare defaultAnswer for what takes longer");
        }
        if (options.getDefaultAnswer() != null && api.defaultReply(null, options.getDefaultAnswer()) == null) {
            throw new IllegalArgumentException("defaultAnswer=" + options.getDefaultAnswer() + " is nothing that can be said for "
                    + api.name() + "; write accept or reject for c2bValidation, and leave it out elsewhere");
        }
        requireAccount();
    }

    private void requireAccount() {
        if (!DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount())) {
            require(services.accounts().get(options.getAccount()));
        } else if (api.url() == null && services.accounts().all().stream().allMatch(account -> account.nameAccess() == null)) {
            // nobody could ask
            require(services.accounts().get("default"));
        }
    }

    private void require(Account account) {
        if (api.url() == null) {
            account.requireForNames(api.name());
        } else {
            account.requireForNotices(api.name(), true);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        services.consultations().join(api.name(), options.getAccount(), this);
        if (api.url() == null) {
            services.acceptNameQuestions();
        }
        services.acceptCallbacks();
    }

    @Override
    protected void doStop() throws Exception {
        services.consultations().leave(api.name(), options.getAccount(), this);
        super.doStop();
    }

    @Override
    public Duration patience() {
        return options.getAnswerTimeout();
    }

    @Override
    public String defaultAnswer() {
        return options.getDefaultAnswer();
    }

    @Override
    public CompletableFuture<Object> ask(DarajaAnswer question, Outcome about) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        if (isSuspendingOrSuspended()) {
            answer.completeExceptionally(new IllegalStateException("the route is suspended"));
        } else {
            services.workers().execute(() -> route(question, about, answer));
        }
        return answer;
    }

    private void route(DarajaAnswer question, Outcome about, CompletableFuture<Object> answer) {
        if (answer.isDone()) {
            // it has waited too long for a thread
            return;
        }
        Exchange exchange = createExchange(false);
        try {
            exchange.setPattern(ExchangePattern.InOut);
            OutcomeHeaders.write(exchange.getMessage(), about);
            exchange.getMessage().setBody(question);
            createUoW(exchange);
            getAsyncProcessor().process(exchange, doneSync -> end(exchange, answer));
        } catch (Exception e) {
            exchange.setException(e);
            end(exchange, answer);
        }
    }

    private void end(Exchange exchange, CompletableFuture<Object> answer) {
        try {
            Exception failure = exchange.getException();
            if (failure != null) {
                getExceptionHandler().handleException("Error answering " + api.name(), exchange, failure);
            }
            boolean failed = exchange.isFailed() || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
            boolean heard = failed
                    ? answer.completeExceptionally(failure == null ? new IllegalStateException("it was rolled back") : failure)
                    : answer.complete(body(exchange));
            if (!heard) {
                LOG.info("An answer to {} for account '{}' came too late and is dropped", api.name(), options.getAccount());
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    // what can be read only once, or only before the exchange ends, is text
    private static Object body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return body instanceof byte[] || body instanceof InputStream || body instanceof StreamCache
                ? exchange.getMessage().getBody(String.class) : body;
    }
}
