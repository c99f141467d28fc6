package io.github.cameldaraja.management;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.TokenTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether Safaricom gives access tokens, by what it answered last: down as long as an account was refused one. */
public final class TokensHealthCheck extends DarajaHealthCheck {

    private final Accounts accounts;
    private final DarajaGateway gateway;

    public TokensHealthCheck(Accounts accounts, DarajaGateway gateway, HealthSettings settings) {
        super("tokens", settings);
        this.accounts = accounts;
        this.gateway = gateway;
    }

    @Override
    Result look(HealthCheckResultBuilder result) {
        List<String> without = new ArrayList<>();
        for (Account account : accounts.all()) {
            Optional<TokenTrouble> trouble = gateway.tokenTrouble(account);
            if (trouble.isPresent()) {
                without.add(account.name());
                result.detail("token." + account.name(), "none since " + DeskWork.moment(trouble.get().since()) + ": "
                        + trouble.get().why());
            } else {
                gateway.tokenState(account).ifPresent(token ->
                        result.detail("token." + account.name(), "until " + DeskWork.moment(token.expiresAt())));
            }
        }
        without.sort(null);
        return without.isEmpty() ? result.up().build() : result.down().message("no access token for " + String.join(", ", without)
                + ", as far as was tried; see consumerKey and consumerSecret, and whether Safaricom can be reached").build();
    }
}
