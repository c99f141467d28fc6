package io.github.cameldaraja.account;

/** Finds accounts that are not in the configuration, in a table of merchants for instance, at run time. */
@FunctionalInterface
public interface DarajaAccountResolver {

    /**
     * The settings of the account of that name. Called once per name and then again only after
     * {@link Accounts#forget(String)}; may do I/O.
     *
     * @return null if there is no such account
     */
    DarajaAccount resolve(String name);
}
