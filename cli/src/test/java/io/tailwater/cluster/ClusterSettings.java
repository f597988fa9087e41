// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import io.tailwater.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** What a test's cluster has otherwise than one in production. */
final class ClusterSettings {
  private ClusterSettings() {}

  /**
   * Addresses on the loopback interface, folders in one place, sizes for a laptop; and what makes a
   * short test see what takes a minute in production.
   */
  static Map<String, String> of(Path directory) throws IOException {
    Map<String, String> settings = new HashMap<>();
    String rest = Integer.toString(Ports.free());
    for (String address : List.of("jobmanager.rpc.address", "rest.address", "taskmanager.host")) {
      settings.put(address, Ports.LOOPBACK);
    }
    for (String bind :
        List.of("jobmanager.bind-host", "taskmanager.bind-host", "rest.bind-address")) {
      settings.put(bind, Ports.LOOPBACK);
    }
    settings.put("jobmanager.rpc.port", Integer.toString(Ports.free()));
    settings.put("rest.port", rest);
    settings.put("rest.bind-port", rest);
    settings.put("io.tmp.dirs", Files.createDirectories(directory.resolve("tmp")).toString());
    settings.put("execution.checkpointing.dir", checkpoints(directory).toUri().toString());
    settings.put(
        "execution.checkpointing.savepoint-dir",
        directory.resolve("savepoints").toUri().toString());
    settings.put("jobmanager.memory.process.size", "1g");
    settings.put("taskmanager.memory.process.size", "1600m");
    settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
    settings.put("taskmanager.numberOfTaskSlots", "1");
    settings.put("execution.checkpointing.interval", "1s");
    settings.put("execution.checkpointing.min-pause", "200ms");
    // Counts travel with heartbeats, and a process that is halted is missed after the timeout.
    settings.put("heartbeat.interval", "1s");
    settings.put("heartbeat.timeout", "10s");
    return settings;
  }

  /** Where checkpoints go. */
  static Path checkpoints(Path directory) {
    return directory.resolve("checkpoints");
  }

  /** Writes a configuration where Flink looks for it. */
  static void write(Configuration configuration, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(configuration.toMap())
        .forEach(
            (key, value) ->
                text.append(key).append(": '").append(value.replace("'", "''")).append("'\n"));
    Files.writeString(file, text);
  }
}
