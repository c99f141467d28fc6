package io.github.cameldaraja;

import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.StkQuery;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of operations: the names in URIs and the APIs behind them. */
public enum DarajaOperation {
    stkPush(new StkPush()),
    stkQuery(new StkQuery());

    private final DarajaApi api;

    DarajaOperation(DarajaApi api) {
        this.api = api;
    }

    public DarajaApi api() {
        return api;
    }

    /** Whether {@code from("daraja:…")} exists: something comes of it later. */
    public boolean hasOutcome() {
        return api instanceof PaymentApi;
    }

    /** The operation of that name; the error lists all. */
    static DarajaOperation of(String name) {
        return Arrays.stream(values()).filter(operation -> operation.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("daraja:" + name + " is no operation; the operations are "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** The payment APIs by the kind in their capability URLs. */
    static Map<Character, PaymentApi> byResultKind() {
        return Arrays.stream(values()).map(DarajaOperation::api).filter(PaymentApi.class::isInstance).map(PaymentApi.class::cast)
                .collect(Collectors.toMap(PaymentApi::resultKind, api -> api));
    }
}
