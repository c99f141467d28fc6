package io.github.cameldaraja.examples.payroll;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** What the routes call, opened when the settings are known and closed with the application. */
final class PayrollBeans extends MainListenerSupport {

    @Override
    public void afterConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        PayrollTable table = new PayrollTable(context.resolvePropertyPlaceholders("{{payroll.database}}"));
        Path out = Path.of(context.resolvePropertyPlaceholders("{{payroll.folder}}"), "out");
        context.getRegistry().bind("payroll", new Payroll(table, new Traces(out)), null, "close");
    }
}
