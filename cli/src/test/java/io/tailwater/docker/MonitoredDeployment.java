// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import io.tailwater.cli.demo.ShopTraffic;
import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.embedded.Ports;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.serving.http.FeatureServer;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;

/**
 * The example's stream and its feature server, with the ports that Prometheus scrapes. For one
 * thread.
 */
final class MonitoredDeployment implements AutoCloseable {
  private static final int EVENTS = 2_000;
  private static final long SEED = 11;
  private static final int FIRST_CUSTOMER = 1_000;
  private static final int CUSTOMERS = 1_000;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI flink;

  /** One that has Redis, and one that cannot come to it. */
  private final List<URI> servers;

  MonitoredDeployment(Path folder) throws Exception {
    try {
      Project project =
          ProjectLoader.load(DockerFolder.CHECKOUT.resolve("feature-definitions/retail"));
      EmbeddedKafka kafka = opened(EmbeddedKafka.create());
      EmbeddedRedis redis = opened(EmbeddedRedis.create());
      ShopTraffic traffic = new ShopTraffic(project, SEED, EVENTS);
      traffic.topics().forEach(topic -> kafka.createTopic(topic, ShopTraffic.PARTITIONS));
      traffic.sendHistory(kafka.bootstrap());
      traffic.sendClosing(kafka.bootstrap());
      int port = Ports.free();
      EmbeddedFlink cluster = opened(EmbeddedFlink.create(1, reporter(port)));
      flink = URI.create("http://%s:%d/metrics".formatted(Ports.LOOPBACK, port));
      opened(stream(cluster, project, settings(folder, kafka, redis)));
      servers = List.of(server(project, redis.port()), server(project, Ports.free()));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** What Prometheus would find now. */
  List<Sample> scrape() {
    try {
      List<Sample> samples = new ArrayList<>(Sample.parse(get(flink)));
      for (URI server : servers) {
        ask(server);
        samples.addAll(Sample.parse(get(server.resolve("/metrics"))));
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while scraping", e);
    }
  }

  /** A request of customers of whom some are in no store, so that there is something to count. */
  private void ask(URI server) throws IOException, InterruptedException {
    List<Long> customers =
        LongStream.range(FIRST_CUSTOMER, FIRST_CUSTOMER + CUSTOMERS).boxed().toList();
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/get-online-features"))
            .POST(
                BodyPublishers.ofString(
                    """
                    {"entities": {"customer_id": %s}, "features": ["customer_behavior:purchases_last_30d"]}
                    """
                        .formatted(customers)))
            .build();
    http.send(request, BodyHandlers.discarding());
  }

  private String get(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("%s answers %d".formatted(uri, response.statusCode()));
    }
    return response.body();
  }

  private URI server(Project project, int redis) throws IOException {
    ServingSettings settings =
        new ServingSettings(
            Ports.LOOPBACK,
            /* port= */ 0,
            List.of(),
            ServingSettings.DEFAULT.maxBodyBytes(),
            CUSTOMERS,
            ServingSettings.DEFAULT.threads(),
            ServingSettings.DEFAULT.redisTimeoutMillis(),
            ServingSettings.DEFAULT.requestTimeoutMillis(),
            // A stream is always some seconds behind: everything is stale.
            /* maxLagMillis= */ 0);
    return opened(
            FeatureServer.start(
                project, settings, RedisOptions.of(Ports.LOOPBACK, redis), Clock.systemUTC()))
        .uri();
  }

  private static RunningPipeline stream(EmbeddedFlink flink, Project project, Settings settings) {
    return PipelineLauncher.start(
        flink, project, settings, Map.of(), StreamStart.DEFAULT, null, /* parallelism= */ 1);
  }

  private static Settings settings(Path folder, EmbeddedKafka kafka, EmbeddedRedis redis) {
    return Settings.DEFAULT
        .withKafka(new KafkaSettings(kafka.bootstrap(), Map.of()))
        .withRedis(RedisSettings.of(redis.address()))
        .withWarehouse(folder.resolve("warehouse").toString())
        .withCheckpoints(new CheckpointSettings(folder.resolve("checkpoints").toString(), 1_000));
  }

  /** As in {@code flink-conf/config.yaml}. */
  private static Configuration reporter(int port) {
    return Configuration.fromMap(
        Map.of(
            "metrics.reporters",
            "prom",
            "metrics.reporter.prom.factory.class",
            "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
            "metrics.reporter.prom.port",
            Integer.toString(port)));
  }

  private <T extends AutoCloseable> T opened(T service) {
    open.push(service);
    return service;
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
