package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.Operations;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.docs.DarajaUri.Side;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every {@code daraja:} URI that a page, an example or a README shows is one that the component accepts, on its side. */
class DarajaUrisTest {

    private static final DefaultCamelCatalog CATALOG = Schema.catalog();
    private static final Set<String> OPTIONS = Schema.model().getEndpointOptions().stream().map(BaseOptionModel::getName)
            .collect(Collectors.toSet());
    private static final Set<String> PINS = Schema.model().getEndpointOptions().stream()
            .filter(option -> option.getDescription().startsWith("Pins") || option.getName().equals("path"))
            .map(BaseOptionModel::getName).collect(Collectors.toSet());

    @Test
    void allOfThemAreValid() {
        List<DarajaUri> uris = Stream.concat(Project.pages().stream(), others().stream()).flatMap(file -> DarajaUri.in(file).stream())
                .toList();

        assertThat(uris).allSatisfy(uri -> assertThat(faults(uri)).as("%s in %s", uri.uri(), uri.where()).isEmpty());
    }

    @Test
    void thereAreAsManyAsThereMustBe() {
        List<DarajaUri> inPages = Project.pages().stream().flatMap(page -> DarajaUri.in(page).stream()).toList();

        assertThat(inPages).hasSizeGreaterThan(150);
        assertThat(inPages).filteredOn(uri -> uri.side() == Side.PRODUCER).hasSizeGreaterThan(20);
        assertThat(inPages).filteredOn(uri -> uri.side() == Side.CONSUMER).hasSizeGreaterThan(8);
        assertThat(Project.pages().stream().flatMap(page -> CodeBlock.of(page).stream())
                .filter(block -> block.language().equals("yaml"))
                .flatMap(block -> DarajaUri.inYaml(block.where(), block.text()).stream())).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "from(\"daraja:stkPush?awaitOutcome=true\")",
        "from(\"daraja:stkQuery\")",
        "to(\"daraja:stkPush?group=books\")",
        "to(\"daraja:stkPush?await=true\")",
        "to(\"daraja:stkPush\"\n    + \"?outcomeTimout=90s\")",
        "to(\"daraja:stkPushed\")",
        "to(\"daraja:c2bValidation\")",
        "to(\"daraja:stkPush?awaitOutcome=perhaps\")",
        "to(\"daraja:stkPush?transactionType=Cash\")",
        "to(\"daraja:stkPush?receiver=600100\")",
        "to(\"daraja:standingOrder?field.Frequncy=monthly\")",
        "to(\"daraja:stkPush?passkey=x\")",
        "the option `daraja:stkPush?foo=bar`." })
    void aWrongUriInTextIsCaught(String text) {
        assertThat(DarajaUri.inText("here", text)).singleElement().satisfies(uri -> assertThat(faults(uri)).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "- from:\n    uri: daraja:stkPush\n    parameters:\n      awaitOutcome: true\n",
        "- from:\n    uri: daraja:stkQuery\n",
        "- route:\n    from:\n      uri: direct:a\n      steps:\n        - to:\n            uri: daraja:stkPush\n"
                + "            parameters:\n              await: true\n",
        "- to: daraja:stkPush?group=books\n" })
    void aWrongUriInYamlIsCaught(String yaml) {
        assertThat(DarajaUri.inYaml("here", yaml)).singleElement().satisfies(uri -> assertThat(faults(uri)).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "to(\"daraja:stkPush?idempotencyKey=${header.orderId}&awaitOutcome=true\");PRODUCER",
        "from(\"daraja:stkPush?account=*&group=books\");CONSUMER",
        "String uri = \"daraja:stkPush?account={{shop}}\";UNKNOWN",
        "`daraja:stkQuery`.;UNKNOWN" })
    void aRightUriIsFoundAndPasses(String text, Side side) {
        assertThat(DarajaUri.inText("here", text)).singleElement().satisfies(uri -> {
            assertThat(uri.side()).isEqualTo(side);
            assertThat(faults(uri)).isEmpty();
        });
    }

    private static List<Path> others() {
        List<Path> files = new ArrayList<>(Project.find("camel-daraja-examples", ".java", ".yaml", ".yml", ".properties", ".md"));
        Stream.of("camel-daraja-simulator/README.md").map(Project.ROOT::resolve).filter(Files::exists).forEach(files::add);
        return files;
    }

    private static List<String> faults(DarajaUri uri) {
        // the catalog takes the name of a scheduler for a missing reference
        String checked = uri.uri().replaceFirst("([?&]scheduler=)(quartz|spring)", "$1#$2");
        EndpointValidationResult result = CATALOG.validateEndpointProperties(checked, false, uri.side() == Side.CONSUMER,
                uri.side() == Side.PRODUCER);
        List<String> faults = new ArrayList<>();
        if (!result.isSuccess()) {
            faults.add(result.summaryErrorMessage(false));
        }
        // what the catalog lets pass: options of the component, secrets among them
        String query = uri.uri().replaceAll("^[^?]*\\??", "");
        Stream.of(query.split("&")).map(option -> option.replaceAll("=.*", ""))
                .filter(option -> !option.isEmpty() && !OPTIONS.contains(option) && !option.startsWith("field.")
                        && !option.startsWith("scheduler."))
                .forEach(option -> faults.add(option + " is no option of an endpoint"));
        // what it does not know: that an operation may have one side only
        String operation = uri.uri().replaceAll("^daraja:(\\w+).*$", "$1");
        Operations.table().stream().filter(api -> api.name().equals(operation)).forEach(api -> {
            if (uri.side() == Side.CONSUMER && !ApiTables.isConsumer(api)) {
                faults.add(operation + " answers at once and has nothing to receive");
            }
            if (uri.side() == Side.PRODUCER && !ApiTables.isProducer(api)) {
                faults.add(operation + " is begun by Safaricom");
            }
            if (api instanceof RequestApi request) {
                Stream.of(query.split("&")).forEach(option -> pin(request, option.replaceAll("=.*", ""),
                        URLDecoder.decode(option.replaceAll("^[^=]*=?", ""), StandardCharsets.UTF_8), faults));
            }
        });
        return faults;
    }

    // nor which fields an API has, and what they may hold
    private static void pin(RequestApi api, String option, String value, List<String> faults) {
        if (PINS.contains(option) || option.startsWith("field.")) {
            try {
                Field field = api.field(option.replaceFirst("^field\\.", ""));
                if (!value.contains("{")) {
                    field.rule().apply(option, value);
                }
            } catch (InvalidFieldException e) {
                faults.add(e.getMessage());
            }
        }
    }
}
