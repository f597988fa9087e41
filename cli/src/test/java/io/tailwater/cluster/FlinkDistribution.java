// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build has made for a cluster. */
final class FlinkDistribution {
  /** Maven runs a module's tests in the module's folder. */
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

  private FlinkDistribution() {}

  /** Flink's lib folder as a class path. */
  static String classPath() throws IOException {
    return Files.readString(CHECKOUT.resolve("flink-dist/target/classpath")).strip();
  }

  /** Where the configuration for production is. */
  static Path configuration() {
    return CHECKOUT.resolve("flink-conf");
  }

  /** The definitions of the example. */
  static Path definitions() {
    return CHECKOUT.resolve("feature-definitions/retail");
  }

  /** The JAR to submit. */
  static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("jobs/target"))) {
      List<Path> jars = files.filter(FlinkDistribution::isToSubmit).toList();
      assertThat(jars).as("the JAR that './mvnw package' leaves in jobs/target").hasSize(1);
      return jars.get(0);
    }
  }

  private static boolean isToSubmit(Path file) {
    return file.getFileName().toString().matches("tailwater-jobs-.*(?<!-classes|-tests)\\.jar");
  }
}
