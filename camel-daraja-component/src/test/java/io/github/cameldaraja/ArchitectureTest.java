package io.github.cameldaraja;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms run one way, and nothing is static that could be an instance's. */
class ArchitectureTest {

    private static final String ROOT = "io.github.cameldaraja";

    private final JavaClasses component = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/simulator/"))
            .importPackages(ROOT);

    @Test
    void theArrowsRunOneWay() {
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("root").definedBy(ROOT)
                .layer("callback").definedBy(ROOT + ".callback..")
                .layer("reconcile").definedBy(ROOT + ".reconcile..")
                .layer("management").definedBy(ROOT + ".management..")
                .layer("gateway").definedBy(ROOT + ".gateway..")
                .layer("transaction").definedBy(ROOT + ".transaction..")
                .layer("account").definedBy(ROOT + ".account..")
                .layer("api").definedBy(ROOT + ".api..")
                .layer("builders").definedBy(ROOT + ".builder..")
                .whereLayer("root").mayNotBeAccessedByAnyLayer()
                .whereLayer("callback").mayOnlyBeAccessedByLayers("root")
                .whereLayer("reconcile").mayOnlyBeAccessedByLayers("root")
                .whereLayer("management").mayOnlyBeAccessedByLayers("root")
                .whereLayer("gateway").mayOnlyBeAccessedByLayers("root", "callback", "reconcile", "management")
                .whereLayer("transaction").mayOnlyBeAccessedByLayers("root", "callback", "reconcile", "management")
                .whereLayer("account").mayOnlyBeAccessedByLayers("root", "callback", "reconcile", "management", "gateway",
                        "transaction")
                .check(component);
    }

    @Test
    void thereAreNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(component);
    }

    @Test
    void theApiKnowsNoCamel() {
        noClasses().that().resideInAPackage(ROOT + ".api..").should().dependOnClassesThat().resideInAPackage("org.apache.camel..")
                .check(component);
    }

    @Test
    void nothingOfTheSimulatorIsUsed() {
        noClasses().should().dependOnClassesThat().resideInAPackage(ROOT + ".simulator..").check(component);
    }

    @Test
    void threadsComeFromCamel() {
        noClasses().should().callConstructor(Thread.class, Runnable.class)
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.concurrent.Executors")
                .check(component);
    }

    @Test
    void staticFieldsAreConstants() {
        classes().that().resideOutsideOfPackage(ROOT + ".builder..").should(
                new ArchCondition<JavaClass>("have only final static fields") {
                    @Override
                    public void check(JavaClass type,
                                      ConditionEvents events) {
                        type.getFields().stream()
                                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                        && !field.getModifiers().contains(JavaModifier.FINAL))
                                .forEach(field -> events.add(SimpleConditionEvent.violated(field,
                                        field.getFullName() + " is static state")));
                    }
                }).check(component);
    }
}
