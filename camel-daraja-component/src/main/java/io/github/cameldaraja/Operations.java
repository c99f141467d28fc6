package io.github.cameldaraja;

import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.AccountBalance;
import io.github.cameldaraja.api.B2Pochi;
import io.github.cameldaraja.api.B2b;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.Reversal;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.StkQuery;
import io.github.cameldaraja.api.TaxRemittance;
import io.github.cameldaraja.api.TransactionStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** The table of operations: the names in URIs and the APIs behind them. */
final class Operations implements ApiTable {

    /** The names, for the catalog. */
    static final String NAMES = "stkPush,stkQuery,b2c,b2pochi,b2b,taxRemittance,reversal,transactionStatus,accountBalance";

    private static final List<DarajaApi> TABLE = List.of(
            new StkPush(),
            new StkQuery(),
            new B2c(),
            new B2Pochi(),
            new B2b(),
            new TaxRemittance(),
            new Reversal(),
            new TransactionStatus(),
            new AccountBalance());

    private final CamelContext camelContext;
    private final Map<String, DarajaApi> byName = new LinkedHashMap<>();

    /**
     * @param camelContext whose registry may hold further APIs, as beans under their names: Safaricom adds some faster than we do
     */
    Operations(CamelContext camelContext) {
        this.camelContext = camelContext;
        TABLE.forEach(api -> byName.put(api.name(), api));
    }

    /** Without a registry: the table alone. */
    static Collection<DarajaApi> table() {
        return TABLE;
    }

    @Override
    public DarajaApi find(String operation) {
        DarajaApi api = byName.get(operation);
        return api != null || operation == null ? api : CamelContextHelper.lookup(camelContext, operation, DarajaApi.class);
    }

    @Override
    public Collection<DarajaApi> all() {
        Map<String, DarajaApi> all = new LinkedHashMap<>(byName);
        camelContext.getRegistry().findByTypeWithName(DarajaApi.class).forEach(all::putIfAbsent);
        return List.copyOf(all.values());
    }

    /** The API of that name; the error lists all. */
    DarajaApi get(String operation) {
        DarajaApi api = find(operation);
        if (api == null) {
            throw new IllegalArgumentException("daraja:" + operation + " is no operation; the operations are "
                    + String.join(", ", all().stream().map(DarajaApi::name).toList()));
        }
        if (!api.name().equals(operation)) {
            throw new IllegalArgumentException("the bean " + operation + " is the API " + api.name()
                    + "; bind it under that name");
        }
        return api;
    }
}
