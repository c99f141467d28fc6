package io.github.cameldaraja;

import io.github.cameldaraja.api.AccountBalance;
import io.github.cameldaraja.api.Alerts;
import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.B2Pochi;
import io.github.cameldaraja.api.B2b;
import io.github.cameldaraja.api.B2bExpress;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.BillCancel;
import io.github.cameldaraja.api.BillCancelAll;
import io.github.cameldaraja.api.BillInvoice;
import io.github.cameldaraja.api.BillInvoices;
import io.github.cameldaraja.api.BillOptIn;
import io.github.cameldaraja.api.BillOptInUpdate;
import io.github.cameldaraja.api.BillPayment;
import io.github.cameldaraja.api.BillReconcile;
import io.github.cameldaraja.api.Bonga;
import io.github.cameldaraja.api.C2bConfirmation;
import io.github.cameldaraja.api.C2bName;
import io.github.cameldaraja.api.C2bRegister;
import io.github.cameldaraja.api.C2bSimulate;
import io.github.cameldaraja.api.C2bValidation;
import io.github.cameldaraja.api.CustomerName;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.Imsi;
import io.github.cameldaraja.api.Invoke;
import io.github.cameldaraja.api.IotSim;
import io.github.cameldaraja.api.OrganizationInfo;
import io.github.cameldaraja.api.PullRegister;
import io.github.cameldaraja.api.PullTransactions;
import io.github.cameldaraja.api.QrCode;
import io.github.cameldaraja.api.Reconcile;
import io.github.cameldaraja.api.Reversal;
import io.github.cameldaraja.api.SimSwap;
import io.github.cameldaraja.api.StandingOrder;
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
public final class Operations implements ApiTable {

    /** The names, for the catalog. */
    static final String NAMES = "stkPush,stkQuery,c2bRegister,c2bSimulate,c2bValidation,c2bConfirmation,b2c,b2pochi,b2b,"
            + "b2bExpress,taxRemittance,reversal,transactionStatus,accountBalance,standingOrder,qrCode,"
            + "billOptIn,billOptInUpdate,billInvoice,billInvoices,billCancel,billCancelAll,billReconcile,"
            + "billPayment,pullRegister,pullTransactions,imsi,simSwap,organizationInfo,customerName,c2bName,"
            + "bonga,iotSim,invoke,reconcile,alerts";

    private static final List<DarajaApi> TABLE = List.of(
            new StkPush(),
            new StkQuery(),
            new C2bRegister(),
            new C2bSimulate(),
            new C2bValidation(),
            new C2bConfirmation(),
            new B2c(),
            new B2Pochi(),
            new B2b(),
            new B2bExpress(),
            new TaxRemittance(),
            new Reversal(),
            new TransactionStatus(),
            new AccountBalance(),
            new StandingOrder(),
            new QrCode(),
            new BillOptIn(),
            new BillOptInUpdate(),
            new BillInvoice(),
            new BillInvoices(),
            new BillCancel(),
            new BillCancelAll(),
            new BillReconcile(),
            new BillPayment(),
            new PullRegister(),
            new PullTransactions(),
            new Imsi(),
            new SimSwap(),
            new OrganizationInfo(),
            new CustomerName(),
            new C2bName(),
            new Bonga(),
            new IotSim(),
            new Invoke(),
            new Reconcile(),
            new Alerts());

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
    public static Collection<DarajaApi> table() {
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
