// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in {@code flink-conf/config.yaml}: Flink passes over keys that it does not know. */
class FlinkConfTest {
  /** Maven runs a module's tests in the module's folder. */
  private static final Path FOLDER = Path.of("..", "flink-conf");

  /** Of a reporter; the plugin that reads the second one is not on this class path. */
  private static final List<String> REPORTER_KEYS =
      List.of("metrics.reporter.prom.factory.class", "metrics.reporter.prom.port");

  @Test
  void everyKeyIsOneThatFlinkKnowsAndEveryValueOneThatItReads() throws Exception {
    assertThat(problems(load(FOLDER))).isEmpty();
  }

  @Test
  void whatIsMisspeltOrOutdatedIsFound(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        execution.checkpointing.intervall: 10s
        state.checkpoints.dir: file:///tmp
        taskmanager.memory.process.size: four
        parallelism.default: 2
        """);
    assertThat(problems(load(folder)))
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("execution.checkpointing.intervall: unknown"))
        .anyMatch(problem -> problem.startsWith("state.checkpoints.dir: unknown"))
        .anyMatch(problem -> problem.startsWith("taskmanager.memory.process.size: "));
  }

  @Test
  void memoryFitsAndJobsCannotLoseState() {
    Configuration configuration = load(FOLDER);

    assertThat(
            TaskExecutorProcessUtils.processSpecFromConfig(configuration)
                .getTaskHeapSize()
                .getMebiBytes())
        .isGreaterThan(1_000);
    assertThat(
            JobManagerProcessUtils.processSpecFromConfig(configuration)
                .getJvmHeapMemorySize()
                .getMebiBytes())
        .isGreaterThan(1_000);
    assertThat(configuration.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(configuration.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(configuration.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(CheckpointingOptions.isUnalignedCheckpointEnabled(configuration)).isTrue();
  }

  private static Configuration load(Path folder) {
    return GlobalConfiguration.loadConfiguration(folder.toAbsolutePath().toString());
  }

  private static List<String> problems(Configuration configuration) throws Exception {
    Map<String, ConfigOption<?>> known = knownOptions();
    List<String> problems = new ArrayList<>();
    for (String key : configuration.keySet()) {
      ConfigOption<?> option = known.get(key);
      if (option == null) {
        if (!REPORTER_KEYS.contains(key)) {
          problems.add(key + ": unknown to Flink, or an old name");
        }
        continue;
      }
      try {
        ((ReadableConfig) configuration).getOptional(option);
      } catch (IllegalArgumentException e) {
        problems.add(key + ": " + e.getMessage());
      }
    }
    return problems;
  }

  /** Every option that a public constant of Flink declares, by its key. */
  private static Map<String, ConfigOption<?>> knownOptions() throws Exception {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (entry.contains("/org/apache/flink/") && entry.endsWith(".jar")) {
        for (String name : optionClasses(entry)) {
          addConstants(name, known);
        }
      }
    }
    assertThat(known).hasSizeGreaterThan(400);
    return known;
  }

  private static List<String> optionClasses(String jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("org/apache/flink/") && name.endsWith("Options.class"))
          .filter(name -> !name.contains("/shaded/"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }

  private static void addConstants(String name, Map<String, ConfigOption<?>> known)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(name, false, FlinkConfTest.class.getClassLoader());
    if (!Modifier.isPublic(type.getModifiers())) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == ConfigOption.class
          && Modifier.isStatic(field.getModifiers())
          && Modifier.isPublic(field.getModifiers())) {
        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
        known.put(option.key(), option);
      }
    }
  }
}
