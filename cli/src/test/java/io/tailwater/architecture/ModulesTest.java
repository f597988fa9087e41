// SPDX-License-Identifier: Apache-2.0
package io.tailwater.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludePackageInfos;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Which module may know which: the table of modules in CONTRIBUTING.md, held by the build. */
@AnalyzeClasses(
    packages = "io.tailwater",
    importOptions = {ProductionClasses.class, DoNotIncludePackageInfos.class})
class ModulesTest {
  private static final String AGGREGATION = "io.tailwater.aggregation..";
  private static final String DEFINITIONS = "io.tailwater.definitions..";
  private static final String STORES = "io.tailwater.stores..";
  private static final String SERVING = "io.tailwater.serving..";
  private static final String SINKS = "io.tailwater.sinks..";
  private static final String JOBS = "io.tailwater.jobs..";
  private static final String EMBEDDED = "io.tailwater.embedded..";
  private static final String CLI = "io.tailwater.cli..";

  @ArchTest
  static final ArchRule modulesDependInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .optionalLayer("aggregation")
          .definedBy(AGGREGATION)
          .optionalLayer("definitions")
          .definedBy(DEFINITIONS)
          .optionalLayer("stores")
          .definedBy(STORES)
          .optionalLayer("serving")
          .definedBy(SERVING)
          .optionalLayer("sinks")
          .definedBy(SINKS)
          .optionalLayer("jobs")
          .definedBy(JOBS)
          .optionalLayer("embedded")
          .definedBy(EMBEDDED)
          .optionalLayer("cli")
          .definedBy(CLI)
          .whereLayer("aggregation")
          .mayNotAccessAnyLayer()
          .whereLayer("definitions")
          .mayOnlyAccessLayers("aggregation")
          .whereLayer("stores")
          .mayOnlyAccessLayers("aggregation", "definitions")
          .whereLayer("serving")
          .mayOnlyAccessLayers("aggregation", "definitions", "stores")
          .whereLayer("sinks")
          .mayOnlyAccessLayers("aggregation", "definitions", "stores")
          .whereLayer("jobs")
          .mayOnlyAccessLayers("aggregation", "definitions", "stores", "sinks")
          .whereLayer("embedded")
          .mayNotAccessAnyLayer()
          .because("what a value means must not depend on how it is computed, stored or served");

  @ArchTest
  static final ArchRule everyClassBelongsToAModule =
      classes()
          .should()
          .resideInAnyPackage(AGGREGATION, DEFINITIONS, STORES, SERVING, SINKS, JOBS, EMBEDDED, CLI)
          .because("the rules here know the modules by their packages");

  @ArchTest
  static final ArchRule aggregationIsPlainJava =
      classes()
          .that()
          .resideInAPackage(AGGREGATION)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(AGGREGATION, "java..", "org.jspecify..", "org.apache.datasketches..")
          .because("arithmetic without I/O or framework can be tested and reused anywhere");

  @ArchTest
  static final ArchRule flinkStaysInTheJobs =
      noClasses()
          .that()
          .resideInAnyPackage(AGGREGATION, DEFINITIONS, STORES, SERVING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..")
          .because("readers of definitions and stores, a server among them, must not need Flink");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("io.tailwater.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages that need each other are one package, and cannot be read apart");

  @ArchTest
  static void rulesSeeTheModulesBelow(JavaClasses classes) {
    Stream.of("aggregation", "definitions", "stores", "serving", "jobs")
        .forEach(
            module ->
                assertThat(classes)
                    .as("classes of %s", module)
                    .anyMatch(type -> type.getPackageName().startsWith("io.tailwater." + module)));
  }
}
