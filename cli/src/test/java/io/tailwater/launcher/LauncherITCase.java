// SPDX-License-Identifier: Apache-2.0
package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code tailwater} script of this checkout, which the running build has just built. */
class LauncherITCase {
  private static final Path SCRIPT = Path.of("..", "tailwater").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void runsTheCommandFromAnyFolderAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("tw"), SCRIPT);

    Run run = run(link, Map.of(), "--help");

    assertThat(run.output()).contains("Usage: tailwater");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void passesArgumentsAndExitCodesThrough() throws Exception {
    Run run = run(SCRIPT, Map.of(), "no such", "command *");

    assertThat(run.output()).contains("'no such'").contains("'command *'");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void saysSoWhenJavaHomeHoldsNoJava() throws Exception {
    Run run = run(SCRIPT, Map.of("JAVA_HOME", folder.toString()));

    assertThat(run.output()).contains("JAVA_HOME is " + folder).contains("JDK 17");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void refusesAnOldJava() throws Exception {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 11'\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

    Run run = run(SCRIPT, Map.of("JAVA_HOME", folder.toString()));

    assertThat(run.output()).contains("is Java 11").contains("JDK 17");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  private Run run(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private record Run(int exitCode, String output) {}
}
