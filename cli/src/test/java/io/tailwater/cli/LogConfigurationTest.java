// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's own log configuration. */
class LogConfigurationTest {
  private static final String FORMAT = "tailwater.log.format";
  private static final String LOGS = "tailwater.logs";

  @TempDir private Path folder;
  private final String logs = System.getProperty(LOGS);

  @AfterEach
  void restore() {
    System.clearProperty(FORMAT);
    if (logs == null) {
      System.clearProperty(LOGS);
    } else {
      System.setProperty(LOGS, logs);
    }
  }

  @Test
  void anEventIsALineOfJsonIfAskedFor() throws Exception {
    System.setProperty(FORMAT, "json");

    List<String> lines = log();

    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("message").textValue()).isEqualTo("two \"lines\"\nin one");
    assertThat(first.get("log.level").textValue()).isEqualTo("INFO");
    assertThat(first.get("@timestamp").textValue()).endsWith("Z");
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.get("error.message").textValue()).isEqualTo("broken");
  }

  @Test
  void byDefaultItIsText() throws Exception {
    List<String> lines = log();

    assertThat(lines.get(0)).contains(" INFO  [", "- two \"lines\"");
    assertThat(lines.get(1)).isEqualTo("in one");
  }

  private List<String> log() throws IOException {
    System.setProperty(LOGS, folder.toString());
    URI configuration =
        URI.create(Objects.requireNonNull(getClass().getResource("/log4j2.xml")).toExternalForm());
    try (LoggerContext context =
        Configurator.initialize("log-configuration-test", null, configuration)) {
      Logger log = context.getLogger("a.library");
      log.info("two \"lines\"\nin one");
      log.info("failed", new IllegalStateException("broken"));
    }
    return Files.readAllLines(folder.resolve("tailwater.log"));
  }
}
