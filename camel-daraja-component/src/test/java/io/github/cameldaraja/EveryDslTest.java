package io.github.cameldaraja;

import static io.github.cameldaraja.builder.StaticEndpointBuilders.daraja;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.AnswerApi;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.QueryApi;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.builder.dsl.DarajaEndpointBuilderFactory;
import io.github.cameldaraja.builder.dsl.DarajaEndpointBuilderFactory.DarajaEndpointBuilder;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.apache.camel.builder.EndpointConsumerBuilder;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Every operation, on each of its sides, in the endpoint DSL and in YAML: the routes start, and are the same. */
class EveryDslTest extends EndToEnd {

    private static final String KEY = "${header.key}";
    private static final String PATH = "/mpesa/new/v1/thing";

    private static boolean hasTo(DarajaApi api) {
        return api instanceof OutcomeApi || api instanceof QueryApi || api instanceof AnswerApi<?>;
    }

    // what answers at once has nothing to tell later
    private static boolean hasFrom(DarajaApi api) {
        return api instanceof OutcomeApi || !(api instanceof RequestApi) || api.name().equals("pullTransactions");
    }

    private static boolean paysOut(DarajaApi api) {
        return api instanceof PaymentApi payment && payment.paysOut();
    }

    private Shop everything() {
        return newShop().with(component -> {
            DarajaAccount account = component.getConfiguration();
            account.setBillManagerAppKey("AppKeyOfBills0001");
            account.setNameUsername("safaricom");
            account.setNamePassword("a password of at least 32 characters");
        });
    }

    private static EndpointProducerBuilder to(DarajaApi api) {
        DarajaEndpointBuilder builder = daraja(api.name());
        if (paysOut(api)) {
            return builder.account("default").idempotencyKey(KEY).dryRun(true);
        }
        return api.name().equals("invoke") ? builder.path(PATH) : builder;
    }

    private static EndpointConsumerBuilder from(DarajaApi api) {
        return daraja(api.name());
    }

    private List<String> endpoints(Shop shop) {
        return shop.context().getRoutes().stream().map(Route::getRouteId).sorted().toList();
    }

    @Test
    void everyOperationStartsInTheEndpointDsl() {
        List<String> routes = new ArrayList<>();
        try (Shop shop = everything().routes(new RouteBuilder() {
            @Override
            public void configure() {
                for (DarajaApi api : Operations.table()) {
                    if (hasTo(api)) {
                        routes.add("to-" + api.name());
                        from("direct:" + api.name()).routeId("to-" + api.name()).to(EveryDslTest.to(api));
                    }
                    if (hasFrom(api)) {
                        routes.add("from-" + api.name());
                        from(EveryDslTest.from(api)).routeId("from-" + api.name()).to("mock:end");
                    }
                }
            }
        }).open()) {
            assertThat(endpoints(shop)).containsExactlyElementsOf(routes.stream().sorted().toList());
            assertThat(shop.context().getRoutes()).allMatch(route -> route.getConsumer() != null);
            assertThat(routes).hasSizeGreaterThan(Operations.table().size());
            assertPays(shop, "direct:stkPush");
        }
    }

    @Test
    void everyOperationStartsInYaml() throws Exception {
        StringBuilder yaml = new StringBuilder();
        List<String> routes = new ArrayList<>();
        for (DarajaApi api : Operations.table()) {
            if (hasTo(api)) {
                routes.add("to-" + api.name());
                yaml.append("""
                        - route:
                            id: to-%1$s
                            from:
                              uri: direct:%1$s
                              steps:
                                - to:
                                    uri: daraja:%1$s
                        """.formatted(api.name()));
                if (paysOut(api)) {
                    yaml.append("            parameters: {account: default, idempotencyKey: \"" + KEY + "\", dryRun: true}\n");
                } else if (api.name().equals("invoke")) {
                    yaml.append("            parameters: {path: " + PATH + "}\n");
                }
            }
            if (hasFrom(api)) {
                routes.add("from-" + api.name());
                yaml.append("""
                        - route:
                            id: from-%1$s
                            from:
                              uri: daraja:%1$s
                              steps:
                                - to: mock:end
                        """.formatted(api.name()));
            }
        }
        try (Shop shop = everything().open()) {
            PluginHelper.getRoutesLoader(shop.context()).loadRoutes(ResourceHelper.fromString("all.yaml", yaml.toString()));
            assertThat(endpoints(shop)).containsExactlyElementsOf(routes.stream().sorted().toList());
            assertPays(shop, "direct:stkPush");
        }
    }

    private void assertPays(Shop shop, String push) {
        String reference = pending(shop.send(push, new StkPush.Request(PHONE, 100, "INV-1"))).reference();
        await().until(() -> {
            Outcome outcome = shop.payment(reference).outcome();
            return outcome != null && outcome.isCompleted();
        });
    }

    @Test
    void theEndpointDslHasEveryOption() throws Exception {
        Set<String> methods = Stream.of(DarajaEndpointBuilderFactory.class.getClasses()).flatMap(type -> Stream.of(type.getMethods()))
                .map(Method::getName).collect(Collectors.toSet());
        JsonNode catalog = Shop.json(Files.readString(Path.of("src/generated/resources/META-INF/io/github/cameldaraja/daraja.json")));
        catalog.get("properties").fields().forEachRemaining(option -> {
            if (option.getValue().get("kind").asText().equals("parameter")) {
                assertThat(methods).contains(option.getKey());
            }
        });
        assertThat(daraja("b2c").idempotencyKey(KEY).fields("Occassion", "Eid").getRawUri()).startsWith("daraja://b2c?")
                .contains("idempotencyKey=" + KEY, "field.Occassion=Eid");
    }
}
