// SPDX-License-Identifier: Apache-2.0
package io.tailwater.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources, since no class path holds the tests of all modules. */
class TestNamesTest {
  private static final Pattern TEST_METHOD =
      Pattern.compile(
          "^ *@(Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest)\\b", Pattern.MULTILINE);

  @Test
  void everyTestIsNamedSoThatItRuns() throws IOException {
    List<Path> tests = sourcesOfTests();

    assertThat(tests).as("tests found").isNotEmpty();
    assertThat(tests)
        .as("Surefire runs *Test and Failsafe *ITCase; a test of another name would never run")
        .allMatch(
            file ->
                file.toString().endsWith("Test.java") || file.toString().endsWith("ITCase.java"));
  }

  private static List<Path> sourcesOfTests() throws IOException {
    List<Path> tests = new ArrayList<>();
    for (Path module : modules()) {
      Path root = module.resolve("src/test/java");
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(TestNamesTest::holdsTests).forEach(tests::add);
        }
      }
    }
    return tests;
  }

  private static List<Path> modules() throws IOException {
    // Maven runs a module's tests in the module's folder.
    try (Stream<Path> folders = Files.list(Path.of("").toAbsolutePath().getParent())) {
      return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList();
    }
  }

  private static boolean holdsTests(Path file) {
    if (!file.toString().endsWith(".java")) {
      return false;
    }
    try {
      return TEST_METHOD.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
