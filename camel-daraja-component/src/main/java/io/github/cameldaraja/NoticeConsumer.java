package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.NoticeApi;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.camel.Processor;

/** Tells a route of payments that Safaricom tells us of by itself; on demand from a URL of earlier days, and verified. */
final class NoticeConsumer extends OutcomeConsumer {

    private final NoticeApi api;
    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final boolean verified;

    NoticeConsumer(DarajaEndpoint endpoint, Processor processor, NoticeApi api) {
        super(endpoint, processor, true);
        this.api = api;
        this.options = endpoint.getConfiguration();
        this.services = endpoint.services();
        this.verified = endpoint.isVerified();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (options.getPath() != null && DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount())) {
            throw new IllegalArgumentException("path=" + options.getPath() + " needs one account, for the URL does not tell whose"
                    + " payment it is; name it with account=");
        }
        if (options.getPath() != null && !services.knowsSenders()) {
            throw new IllegalArgumentException("path=" + options.getPath() + " carries no capability, so anybody could tell of"
                    + " payments there; set callbackSources to Safaricom's addresses");
        }
        for (Account account : accounts()) {
            account.requireForNotices(api.name(), options.getPath() == null);
            if (verified) {
                account.requireFor(api.name() + "?verify=true", Set.of(Need.SHORT_CODE, Need.INITIATOR, Need.CALLBACKS));
            }
        }
        if (verified && !services.asksByItself()) {
            throw new IllegalArgumentException(api.name() + "?verify=true needs askWhenLate=true: payments are verified by"
                    + " asking; set it, or verify=false if you believe the URL alone");
        }
    }

    @Override
    protected void doStart() throws Exception {
        if (options.getPath() != null) {
            services.acceptNotices(options.getPath(), services.accounts().get(options.getAccount()), api.url());
        }
        super.doStart();
    }

    private Collection<Account> accounts() {
        return DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount())
                ? services.accounts().all().stream().filter(account -> account.shortCode() != null).toList()
                : List.of(services.accounts().get(options.getAccount()));
    }
}
