package io.github.cameldaraja.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** All accounts of one component, by name and by the id in callback URLs. */
public final class Accounts {

    /** The name of the account that the component's own settings make. */
    public static final String DEFAULT = "default";

    private final CamelContext camelContext;
    private final DarajaAccount shared;
    private final Map<String, DarajaAccount> configured;
    private final DarajaAccountResolver resolver;
    private final Map<String, Account> byName = new ConcurrentHashMap<>();
    private final Map<String, Account> byId = new ConcurrentHashMap<>();

    /**
     * @param shared     the component's own settings
     * @param configured the named ones
     * @param resolver   finds others at run time; null for none
     */
    public Accounts(CamelContext camelContext, DarajaAccount shared, Map<String, DarajaAccount> configured,
                    DarajaAccountResolver resolver) {
        this.camelContext = camelContext;
        this.shared = shared;
        this.configured = Map.copyOf(configured);
        this.resolver = resolver;
        if (this.configured.containsKey(DEFAULT)) {
            throw new IllegalArgumentException("accounts[" + DEFAULT + "]: this name stands for the component's own settings;"
                    + " choose another name or set camel.component.daraja.* itself");
        }
        // all at start: wrong settings are found then, and callbacks of all accounts are known
        make(DEFAULT, shared);
        this.configured.forEach((name, settings) -> make(name, settings.withDefaults(shared)));
    }

    /**
     * The account of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Account get(String name) {
        Account account = byName.get(name);
        if (account == null && resolver != null) {
            DarajaAccount settings = resolver.resolve(name);
            account = settings == null ? null : make(name, settings.withDefaults(shared));
        }
        if (account == null) {
            throw new IllegalArgumentException("account '" + name + "' is unknown; configure camel.component.daraja.accounts["
                    + name + "].* or set accountResolver");
        }
        return account;
    }

    /** The account behind a callback URL, or null. */
    public Account byId(String id) {
        return byId.get(id);
    }

    public Collection<Account> all() {
        return byName.values();
    }

    /** Drops a resolved account, so that its settings are read again. */
    public void forget(String name) {
        if (!configured.containsKey(name) && !DEFAULT.equals(name)) {
            byName.remove(name);
        }
    }

    private Account make(String name, DarajaAccount settings) {
        Account account = new Account(name, settings, () -> read(settings.getCertificate()));
        byId.compute(account.id(), (id, other) -> {
            if (other != null && !other.name().equals(name)) {
                // the first one keeps its callbacks, whoever chose the name of the second
                throw new IllegalArgumentException("accounts '" + name + "' and '" + other.name()
                        + "' get the same id in callback URLs; rename one of them");
            }
            return account;
        });
        byName.put(name, account);
        return account;
    }

    private byte[] read(String resource) {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camelContext, resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("certificate: cannot be read from " + resource, e);
        }
    }
}
