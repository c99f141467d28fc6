package io.github.cameldaraja.examples.quarkus;

import io.github.cameldaraja.Ports;
import io.github.cameldaraja.suite.PaymentSuite;
import io.github.cameldaraja.suite.SuiteRoutes;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.BeforeInitialize;
import org.apache.camel.util.StringHelper;

/** Camel Quarkus in JVM mode, with payments in the example's database. */
@QuarkusTest
@TestProfile(QuarkusPaymentsTest.Suite.class)
class QuarkusPaymentsTest extends PaymentSuite {

    /** The routes of the suite instead of the example's. */
    public static class Suite implements QuarkusTestProfile {

        @Override
        public String getConfigProfile() {
            return "suite";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.camel.routes-discovery.exclude-patterns", "**/CheckoutRoutes",
                    "shop.data", "./target/suite-" + System.nanoTime());
        }
    }

    /** The application of the suite; it is Quarkus that starts it, before any method of the test. */
    @IfBuildProfile("suite")
    static class Application {

        @Produces
        @Singleton
        SuiteRoutes routes() {
            return new SuiteRoutes();
        }

        void set(@Observes BeforeInitialize camel) {
            startSafaricom();
            int port = Ports.free();
            Map<String, String> settings = settings("http://127.0.0.1:" + port);
            settings.put("camel.component.daraja.callback-port", Integer.toString(port));
            Properties overriding = new Properties();
            // in the spelling that Camel has made of application.properties: both would be set otherwise, in no certain order
            settings.forEach((name, value) -> overriding.setProperty(StringHelper.dashToCamelCase(name), value));
            camel.getCamelContext().getPropertiesComponent().setOverrideProperties(overriding);
        }
    }

    @Inject
    CamelContext camelContext;
    @Inject
    SuiteRoutes routes;

    @Override
    protected CamelContext camelContext() {
        return camelContext;
    }

    @Override
    protected SuiteRoutes routes() {
        return routes;
    }
}
