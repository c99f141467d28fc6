package io.github.cameldaraja.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.Operations;
import io.github.cameldaraja.api.AnswerApi;
import io.github.cameldaraja.api.ConsultationApi;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.RequestApi;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation has a page, and each page an operation. */
class ApiPagesTest {

    static Collection<DarajaApi> apis() {
        return Operations.table();
    }

    @Test
    void eachOperationHasAPageAndEachPageAnOperation() {
        assertThat(Project.find("docs/apis", ".adoc")).containsExactlyInAnyOrderElementsOf(
                apis().stream().map(api -> Project.page(api.name())).toList());
    }

    @Test
    void theReadmeNamesAll() {
        assertThat(Project.read(Project.ROOT.resolve("README.md")))
                .contains(apis().stream().map(api -> "`" + api.name() + "`").toList());
    }

    @ParameterizedTest
    @MethodSource("apis")
    void eachFieldHasAMeaning(DarajaApi api) {
        if (api instanceof RequestApi request) {
            assertThat(request.fields()).allSatisfy(field -> {
                assertThat(ApiTables.meaning(request, field)).as("meaning of %s of %s", field.name(), api.name()).isNotBlank();
                assertThat(field.says()).as("rule of %s of %s", field.name(), api.name()).isNotBlank();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("apis")
    void eachPartOfAnAnswerHasAMeaning(DarajaApi api) {
        Class<?> answer = api instanceof AnswerApi<?> ? ApiTables.produced(api, "answer", Fields.class, JsonObject.class)
                : api instanceof ConsultationApi ? ApiTables.produced(api, "question", JsonObject.class) : null;
        Map<String, String> components = answer == null ? Map.of() : RecordDocs.of(answer);

        assertThat(components).allSatisfy((name, meaning) -> assertThat(meaning).as("%s of %s", name, answer).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("apis")
    void thePageShowsItInJavaAndInYaml(DarajaApi api) {
        String page = Project.read(Project.page(api.name()));
        List<String> languages = CodeBlock.of(Project.page(api.name())).stream()
                .filter(block -> block.text().contains("daraja:" + api.name())).map(CodeBlock::language).toList();

        assertThat(page).startsWith("= " + api.name() + "\n");
        assertThat(languages).contains("java", "yaml");
    }
}
