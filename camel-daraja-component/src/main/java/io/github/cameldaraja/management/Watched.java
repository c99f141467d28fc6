package io.github.cameldaraja.management;

import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.transaction.Deliveries;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.util.function.Supplier;

/** What of the component is watched. */
public record Watched(Clock clock, String application, TransactionRepository repository, Deliveries deliveries,
                      Accounts accounts, DarajaGateway gateway, Freshness freshness, Supplier<CallbackCounts> callbacks) {
}
