package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.RequestApi;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of operations is complete and agrees with itself. */
class OperationsTest {

    @Test
    void theCatalogNamesTheTable() {
        List<String> names = Operations.table().stream().map(DarajaApi::name).toList();

        assertThat(names).doesNotHaveDuplicates().isEqualTo(Arrays.asList(Operations.NAMES.split(",")));
    }

    @TestFactory
    List<DynamicTest> everyOptionPinsAFieldOfSomeOperation() {
        return new DarajaConfiguration().pinnable().keySet().stream().map(option -> DynamicTest.dynamicTest(option, () -> assertThat(Operations.table())
                .anyMatch(api -> api instanceof RequestApi request
                        && request.fields().stream().anyMatch(field -> field.isCalled(option))))).toList();
    }

    @Test
    void noFieldHasTwoMeaningsInOneApi() {
        Operations.table().stream().filter(RequestApi.class::isInstance).map(RequestApi.class::cast).forEach(api -> {
            for (Field field : api.fields()) {
                assertThat(api.fields().stream().filter(other -> other.isCalled(field.name())
                        || field.option() != null && other.isCalled(field.option())))
                        .as("%s.%s", api.name(), field.name()).hasSize(1);
                assertThat(api.owned()).as("%s owns %s", api.name(), field.name()).noneMatch(field::isCalled);
            }
        });
    }
}
