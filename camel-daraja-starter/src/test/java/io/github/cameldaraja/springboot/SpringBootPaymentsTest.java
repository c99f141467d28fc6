package io.github.cameldaraja.springboot;

import io.github.cameldaraja.Ports;
import io.github.cameldaraja.suite.PaymentSuite;
import io.github.cameldaraja.suite.SuiteRoutes;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Spring Boot, with payments in its own database. */
@SpringBootTest
@DirtiesContext
class SpringBootPaymentsTest extends PaymentSuite {

    @Autowired
    private CamelContext camelContext;
    @Autowired
    private SuiteRoutes routes;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SuiteRoutes routes() {
            return new SuiteRoutes();
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        int port = Ports.free();
        settings("http://127.0.0.1:" + port).forEach((name, value) -> registry.add(name, () -> value));
        registry.add("camel.component.daraja.callback-port", () -> port);
        registry.add("spring.datasource.url", () -> TestStore.url());
        registry.add("camel.daraja.store.secret", () -> TestStore.SECRET);
    }

    @Override
    protected CamelContext camelContext() {
        return camelContext;
    }

    @Override
    protected SuiteRoutes routes() {
        return routes;
    }
}
