// SPDX-License-Identifier: Apache-2.0
package io.tailwater.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludePackageInfos;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** What production code does not do, each for its reason. */
@AnalyzeClasses(
    packages = "io.tailwater",
    importOptions = {ProductionClasses.class, DoNotIncludePackageInfos.class})
class CodingRulesTest {
  private static final String CLI = "io.tailwater.cli..";
  private static final String EMBEDDED = "io.tailwater.embedded..";

  @ArchTest
  static final ArchRule timeComesFromAnInjectedClock =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, EMBEDDED)
          .and()
          .haveSimpleNameNotContaining("Clock")
          .should()
          .accessTargetWhere(target(readsTheWallClock()))
          .because(
              "a value that depends on when it is computed cannot be recomputed, or tested without"
                  + " waiting; Instant.now(clock) and a class named ...Clock are the ways");

  @ArchTest
  static final ArchRule identifiersAreNotRandom =
      noClasses()
          .should()
          .callMethod(UUID.class, "randomUUID")
          .because("random ids have broken restores from savepoints; ids are constants or derived");

  @ArchTest
  static final ArchRule optionalIsOnlyReturned =
      noFields()
          .should()
          .haveRawType(anOptional())
          .because("a field is @Nullable; Flink would serialize an Optional with Kryo");

  @ArchTest
  static final ArchRule nothingIsSerializedByJava =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ObjectOutputStream.class, ObjectInputStream.class)
          .because("state and stored bytes have versions and layouts of their own");

  @ArchTest
  static final ArchRule logsGoThroughSlf4j =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("logging is SLF4J over Log4j 2");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should(ACCESS_STANDARD_STREAMS)
          .because("a job's output are its stores, logs and metrics");

  private static DescribedPredicate<AccessTarget> readsTheWallClock() {
    return DescribedPredicate.describe(
        "reads the wall clock",
        target -> target instanceof CodeUnitAccessTarget method && readsTheWallClock(method));
  }

  private static boolean readsTheWallClock(CodeUnitAccessTarget method) {
    String owner = method.getOwner().getName();
    String name = method.getName();
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis");
      case "java.time.Clock" -> name.startsWith("system");
      default ->
          owner.startsWith("java.time.")
              && name.equals("now")
              && method.getRawParameterTypes().stream()
                  .noneMatch(type -> type.isEquivalentTo(Clock.class));
    };
  }

  private static DescribedPredicate<JavaClass> anOptional() {
    return belongToAnyOf(
        Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
  }
}
