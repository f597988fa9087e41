// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.Shop.Order;
import io.tailwater.jobs.view.WindowSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same graph over the same file as a stream and as a batch, against the naive oracle. */
class BatchITCase {
  private static final long SEED = 20_261_123;
  private static final long START = 1_700_000_000_000L;
  private static final int CUSTOMERS = 12;
  private static final long AFTER_THE_END = 99;

  @TempDir private Path directory;

  @Test
  void givesTheRowsAndVectorsOfAStream() throws Exception {
    List<Order> orders = orders();
    // Some windows are still full at the end, others have emptied.
    long end = orders.get(orders.size() - 1).time() + 2 * Shop.HOUR;
    List<Order> file = outOfOrder(orders);
    file.add(new Order(AFTER_THE_END, end + 1, 1.0));
    file.add(new Order(AFTER_THE_END, end + 10_000, 1.0));

    Path path = directory.resolve("orders.jsonl");
    Files.write(path, file.stream().map(Order::json).toList());

    try (EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      run(flink, path, RuntimeExecutionMode.STREAMING, end);
      run(flink, path, RuntimeExecutionMode.BATCH, end);
    }

    Collected stream = Collected.of("batch-it-STREAMING");
    Collected batch = Collected.of("batch-it-BATCH");
    assertThat(values(batch)).isEqualTo(values(stream));
    assertThat(vectors(batch)).isEqualTo(vectors(stream));
    assertThat(stream.deadLetters()).isEmpty();
    assertThat(batch.offline()).doesNotContainKey(AFTER_THE_END);
    Naive naive = new Naive(orders);
    naive.checkOffline(batch, end);
    naive.checkOnline(batch, end);
  }

  private static void run(EmbeddedFlink flink, Path file, RuntimeExecutionMode mode, long end)
      throws Exception {
    Configuration settings = PipelineConfiguration.base();
    settings.set(ExecutionOptions.RUNTIME_MODE, mode);
    StreamExecutionEnvironment env = flink.environment(settings);
    env.setParallelism(2);
    Project project = Shop.project("none");
    SourceOptions options = SourceOptions.defaults();
    FeaturePipeline.define(
        env,
        project,
        PipelineSources.of(Map.of("orders", new FileLocation(file.toString())), options),
        new CollectingSinks("batch-it-" + mode),
        new WindowSettings(options.clock(), 1, end, mode == RuntimeExecutionMode.BATCH));
    env.execute("batch-it-" + mode);
  }

  private static List<Order> orders() {
    Random random = new Random(SEED);
    List<Order> orders = new ArrayList<>();
    long time = START;
    for (int i = 0; i < 2_000; i++) {
      time += 1 + random.nextInt(4 * 60_000);
      orders.add(new Order(random.nextInt(CUSTOMERS), time, random.nextInt(10_000) / 100.0));
    }
    return orders;
  }

  /** Within the source's out-of-orderness. */
  private static List<Order> outOfOrder(List<Order> orders) {
    Random random = new Random(SEED);
    Map<Order, Long> arrivals = new HashMap<>();
    orders.forEach(
        order ->
            arrivals.put(
                order, order.time() + random.nextInt((int) Shop.POLICY.outOfOrdernessMillis())));
    List<Order> sorted = new ArrayList<>(orders);
    sorted.sort(Comparator.comparingLong(arrivals::get));
    return sorted;
  }

  /** By customer and instant; created timestamps are the clock's. */
  private static Map<List<Object>, List<Object>> values(Collected stores) {
    Map<List<Object>, List<Object>> values = new HashMap<>();
    stores
        .offline()
        .forEach(
            (customer, rows) ->
                rows.forEach(
                    row ->
                        assertThat(
                                values.put(
                                    List.of(customer, row.eventTimestamp()),
                                    Arrays.asList(row.values())))
                            .as("seed %d: one row an instant", SEED)
                            .isNull()));
    return values;
  }

  private static Map<Object, List<Object>> vectors(Collected stores) {
    Map<Object, List<Object>> vectors = new HashMap<>();
    stores
        .online()
        .forEach(
            (customer, vector) ->
                vectors.put(
                    customer,
                    List.of(
                        vector.eventTimestamp(),
                        vector.validUntil(),
                        vector.eventCount(),
                        Arrays.asList(vector.values()))));
    return vectors;
  }
}
