package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;

/** What IDEs and the catalog show of each option and header is complete. */
class OptionDocsTest {

    /** Camel's own options, with Camel's own words. */
    private static final Set<String> INHERITED = Set.of("autowiredEnabled", "bridgeErrorHandler", "exceptionHandler",
            "exchangePattern", "healthCheckConsumerEnabled", "healthCheckProducerEnabled", "lazyStartProducer", "scheduler");

    private static final List<String> SECRETS = List.of("consumerKey", "consumerSecret", "passkey", "initiatorPassword",
            "securityCredential", "callbackSecret", "previousCallbackSecret", "proxyPassword");

    private final ComponentModel model = Schema.model();

    @Test
    void eachHasASentenceAndAGroup() {
        assertThat(all()).hasSizeGreaterThan(60).allSatisfy(option -> {
            assertThat(option.getDescription()).as(option.getName()).isNotBlank().endsWith(".");
            assertThat(option.getGroup()).as(option.getName()).isNotBlank();
        });
    }

    @Test
    void secretsAreMarkedAndInNoUri() {
        assertThat(model.getComponentOptions()).filteredOn(BaseOptionModel::isSecret).extracting(BaseOptionModel::getName)
                .containsAll(SECRETS);
        assertThat(model.getComponentOptions()).filteredOn(option -> soundsSecret(option.getName()))
                .allSatisfy(option -> assertThat(option.isSecret()).as(option.getName()).isTrue());
        assertThat(model.getEndpointOptions()).extracting(BaseOptionModel::getName).doesNotContainAnyElementsOf(SECRETS)
                .noneMatch(OptionDocsTest::soundsSecret);
    }

    private static boolean soundsSecret(String name) {
        return name.matches("(?i).*(secret|password|passkey|credential|token)");
    }

    private List<BaseOptionModel> all() {
        return Stream.<List<? extends BaseOptionModel>>of(model.getComponentOptions(), model.getEndpointOptions(),
                        model.getEndpointHeaders())
                .flatMap(List::stream).filter(option -> !INHERITED.contains(option.getName())).map(BaseOptionModel.class::cast)
                .toList();
    }
}
