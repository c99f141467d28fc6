package io.github.cameldaraja.api;

import java.util.Collection;

/** The table of operations. */
public interface ApiTable {

    /** The API behind the operation of that name, or null. */
    DarajaApi find(String operation);

    Collection<DarajaApi> all();
}
