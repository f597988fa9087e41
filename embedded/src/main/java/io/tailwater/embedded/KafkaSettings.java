// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** The settings of a single broker that starts fast, and its formatted log directory. */
final class KafkaSettings {
  private static final int NODE = 1;

  private KafkaSettings() {}

  static Map<String, String> of(int port, int controllerPort, Path log) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("log.dirs", log.toString());
    listeners(settings, port, controllerPort);
    oneReplica(settings);
    keepEverything(settings);
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    return settings;
  }

  private static void listeners(Map<String, String> settings, int port, int controllerPort) {
    String address = "://" + Ports.LOOPBACK + ":";
    settings.put("listeners", "CLIENT" + address + port + ",CONTROLLER" + address + controllerPort);
    settings.put("advertised.listeners", "CLIENT" + address + port);
    settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "CLIENT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", NODE + "@" + Ports.LOOPBACK + ":" + controllerPort);
  }

  private static void oneReplica(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
  }

  /** Event times reach from weeks ago into the future: no record is deleted or refused for that. */
  private static void keepEverything(Map<String, String> settings) {
    settings.put("log.retention.ms", "-1");
    settings.put("log.retention.bytes", "-1");
    settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
  }

  static void format(Path log) {
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false))
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE)
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setMetadataLogDirectory(log.toString())
          .addDirectory(log.toString())
          .run();
    } catch (Exception e) {
      throw new EmbeddedServiceException(
          "Kafka's log directory %s cannot be prepared: %s".formatted(log, e), e);
    }
  }
}
