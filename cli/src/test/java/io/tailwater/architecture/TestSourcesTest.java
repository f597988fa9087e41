// SPDX-License-Identifier: Apache-2.0
package io.tailwater.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests that would never run, found in the sources: no class path holds the tests of all modules.
 */
class TestSourcesTest {
  private static final Pattern TEST_METHOD =
      Pattern.compile(
          "^ *@(Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest)\\b", Pattern.MULTILINE);
  private static final Pattern JUNIT_4 =
      Pattern.compile("^import (static )?org\\.junit\\.[A-Z]", Pattern.MULTILINE);

  private final Map<Path, String> sources = readTestSources();

  @Test
  void everyTestHasANameThatRuns() {
    assertThat(sources)
        .as("Surefire runs *Test and Failsafe *ITCase")
        .isNotEmpty()
        .allSatisfy(
            (file, text) -> {
              if (TEST_METHOD.matcher(text).find()) {
                assertThat(file.toString()).matches(".*(Test|ITCase)\\.java");
              }
            });
  }

  @Test
  void noTestIsOfJUnit4() {
    assertThat(sources)
        .as(
            "JUnit 4 is there for the base class of Flink's MiniClusterExtension, without an engine")
        .allSatisfy((file, text) -> assertThat(text).doesNotContainPattern(JUNIT_4));
  }

  private static Map<Path, String> readTestSources() {
    Map<Path, String> sources = new TreeMap<>();
    // Maven runs a module's tests in the module's folder.
    Path checkout = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> modules = Files.list(checkout)) {
      for (Path module : modules.toList()) {
        addTestSources(module.resolve("src/test/java"), sources);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static void addTestSources(Path folder, Map<Path, String> sources) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.put(file, Files.readString(file));
      }
    }
  }
}
