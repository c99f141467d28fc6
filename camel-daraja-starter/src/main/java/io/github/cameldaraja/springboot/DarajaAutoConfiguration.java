package io.github.cameldaraja.springboot;

import io.github.cameldaraja.DarajaComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Gives every daraja component of the context the settings below {@code camel.component.daraja}, as the starters of Camel's own
 * components do.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@EnableConfigurationProperties(ComponentConfigurationProperties.class)
@ConditionalOnHierarchicalProperties({"camel.component", Settings.PREFIX})
public class DarajaAutoConfiguration {

    /** Sets the options when a component joins the context. */
    @Lazy
    @Bean
    public ComponentCustomizer configureDarajaComponent(ApplicationContext application, CamelContext camelContext) {
        Settings settings = new Settings(application.getEnvironment(), Options.read());
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component target) {
                // as Camel Main does it: placeholders, #bean:name and durations mean the same in both
                PropertyBindingSupport.build().withCamelContext(camelContext).withTarget(target).withProperties(settings.read())
                        .withConfigurer(target.getComponentPropertyConfigurer()).withMandatory(true).withIgnoreCase(true)
                        .withRemoveParameters(false).bind();
            }

            @Override
            public boolean isEnabled(String name, Component target) {
                return HierarchicalPropertiesEvaluator.evaluate(application, "camel.component.customizer",
                        Settings.PREFIX + ".customizer") && target instanceof DarajaComponent;
            }
        };
    }

    /** Keeps our secrets out of the endpoints env and configprops, also where these show values. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class Hiding {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SanitizingFunction darajaSecrets() {
            Options options = Options.read();
            return data -> options.isSecret(data.getKey()) ? data.withSanitizedValue() : data;
        }
    }
}
