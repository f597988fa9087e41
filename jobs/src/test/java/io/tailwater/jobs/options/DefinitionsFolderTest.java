// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.ProjectLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsFolderTest {
  /** Maven runs a module's tests in the module's folder. */
  private static final Path RETAIL = Path.of("..", "feature-definitions", "retail");

  @TempDir private Path directory;

  @Test
  void isAFolderOfThisMachine() {
    assertThat(projectIn(RETAIL.toString())).isEqualTo("retail");
  }

  @Test
  void isAFolderThatFlinkReadsAndLeavesNothing() throws IOException {
    Path copy;
    try (DefinitionsFolder folder =
        DefinitionsFolder.open(RETAIL.toAbsolutePath().toUri().toString())) {
      copy = folder.path();
      assertThat(copy.toRealPath()).isNotEqualTo(RETAIL.toRealPath());
      assertThat(copy.resolve("tests")).isDirectoryContaining("glob:**.yaml");
      assertThat(ProjectLoader.load(copy).name()).isEqualTo("retail");
    }
    assertThat(copy).doesNotExist();
  }

  @Test
  void isAFolderInsideTheJar() throws Exception {
    Path jar = jarOfRetail("definitions");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader ofTheJar = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(ofTheJar);
      assertThat(projectIn("classpath:definitions")).isEqualTo("retail");
      assertThatThrownBy(() -> DefinitionsFolder.open("classpath:elsewhere"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found no such folder in the JAR")
          .hasMessageContaining("jar uf");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void whatIsNotThereIsSaid() {
    String missing = directory.resolve("missing").toUri().toString();
    assertThatThrownBy(() -> DefinitionsFolder.open(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--definitions " + missing);
    assertThatThrownBy(() -> DefinitionsFolder.open("nowhere://bucket/retail"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--definitions nowhere://bucket/retail: cannot be read");
  }

  private static String projectIn(String location) {
    try (DefinitionsFolder folder = DefinitionsFolder.open(location)) {
      return ProjectLoader.load(folder.path()).name();
    }
  }

  private Path jarOfRetail(String name) throws IOException {
    Path jar = directory.resolve("job.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(RETAIL)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        String entry = name + "/" + RETAIL.relativize(file);
        if (Files.isDirectory(file)) {
          zip.putNextEntry(new ZipEntry(entry.endsWith("/") ? entry : entry + "/"));
        } else {
          zip.putNextEntry(new ZipEntry(entry));
          Files.copy(file, zip);
        }
      }
    }
    return jar;
  }
}
