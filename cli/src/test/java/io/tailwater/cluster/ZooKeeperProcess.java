// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import io.tailwater.embedded.ChildProcess;
import io.tailwater.embedded.Ports;
import io.tailwater.embedded.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The ZooKeeper of a Flink distribution, which high availability needs, in a process of its own.
 */
final class ZooKeeperProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TemporaryDirectory directory = TemporaryDirectory.create("tailwater-zookeeper-");
  private final int port = Ports.free();
  private final ChildProcess process;

  ZooKeeperProcess() throws IOException {
    Path data = Files.createDirectories(directory.path().resolve("data"));
    Path file = directory.path().resolve("zoo.cfg");
    Files.write(
        file,
        List.of(
            "tickTime=2000",
            "initLimit=10",
            "syncLimit=5",
            "dataDir=" + data,
            "clientPort=" + port,
            "clientPortAddress=" + Ports.LOOPBACK,
            "admin.enableServer=false",
            "server.1=%s:%d:%d".formatted(Ports.LOOPBACK, Ports.free(), Ports.free())));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"),
            "-cp",
            FlinkDistribution.classPath(),
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
            "--zkConfigFile",
            file.toString(),
            "--peerId",
            "1");
    process = ChildProcess.start("zookeeper", directory.path(), Map.of(), command);
    try {
      process.awaitReady(PATIENCE, () -> FlinkCluster.listens(port));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What a cluster is configured with to use it. */
  Map<String, String> settings() {
    return Map.of(
        "high-availability.type",
        "zookeeper",
        "high-availability.storageDir",
        directory.path().resolve("ha").toUri().toString(),
        "high-availability.zookeeper.quorum",
        Ports.LOOPBACK + ":" + port,
        // For so long a JobManager that was killed counts as the leader.
        "high-availability.zookeeper.client.session-timeout",
        "10s");
  }

  @Override
  public void close() {
    process.kill();
    directory.close();
  }
}
