package io.github.cameldaraja.examples.payroll;

import java.nio.file.Path;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.PropertyInject;

/** What the routes call, closed with the application. */
public class PayrollBeans implements CamelConfiguration {

    @BindToRegistry(value = "payroll", destroyMethod = "close")
    public Payroll payroll(@PropertyInject("payroll.database") String database, @PropertyInject("payroll.folder") String folder) {
        return new Payroll(new PayrollTable(database), new Traces(Path.of(folder, "out")));
    }
}
