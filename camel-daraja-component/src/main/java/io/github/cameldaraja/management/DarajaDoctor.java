package io.github.cameldaraja.management;

import io.github.cameldaraja.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Looks whether the settings of all accounts work, without a payment. A Camel service that JMX and Hawtio show as
 * {@code type=services,name=DarajaDoctor}; a bean finds it with {@code camelContext.hasService(DarajaDoctor.class)}.
 */
@ManagedResource(description = "Looks whether the settings of camel-daraja work, without a payment")
public final class DarajaDoctor extends ServiceSupport implements StaticService {

    private final Supplier<List<Finding>> examination;

    /**
     * @param examination looks at everything
     */
    public DarajaDoctor(Supplier<List<Finding>> examination) {
        this.examination = examination;
    }

    /** Everything that was found, in order. Blocks while Safaricom is asked. */
    public List<Finding> findings() {
        return examination.get();
    }

    /** A line for each finding: OK, WARN or FAIL, the account, what it is about, what was found, and what to do. */
    @ManagedOperation(description = "Asks for a token and about a push that does not exist, and looks at settings, clock and store: a line"
            + " for each finding, OK, WARN or FAIL, and what to do. No money moves")
    public String examine() {
        return Finding.text(findings());
    }

    /** The same as a JSON list. */
    @ManagedOperation(description = "The same as JSON")
    public String examineAsJson() {
        return new String(Json.write(findings()), StandardCharsets.UTF_8);
    }
}
