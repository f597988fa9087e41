// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.Mall.Cart;
import io.tailwater.jobs.topology.Shop.Order;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view of two sources, as a stream and as a batch over two files, against a recomputation. */
class TwoSourcesITCase {
  private static final long SEED = 20_261_124;
  private static final long START = 1_700_000_000_000L;
  private static final int CUSTOMERS = 7;

  @TempDir private Path directory;

  private final List<Order> orders = new ArrayList<>();
  private final List<Cart> carts = new ArrayList<>();

  @Test
  void givesTheSameRowsAsAStreamAndAsABatch() throws Exception {
    makeEvents();
    long end = Math.max(orders.get(orders.size() - 1).time(), carts.get(carts.size() - 1).time());
    write("orders.jsonl", orders.stream().map(Order::json).toList());
    List<String> cartLines = new ArrayList<>(carts.stream().map(Cart::json).toList());
    cartLines.add(3, "{\"cart_id\": \"nobody's\", \"opened\": %d}".formatted(START));
    cartLines.add(9, "not a cart");
    write("carts.jsonl", cartLines);

    Map<String, Object> streamCounts;
    Map<String, Object> batchCounts;
    try (EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      streamCounts = run(flink, RuntimeExecutionMode.STREAMING, end);
      batchCounts = run(flink, RuntimeExecutionMode.BATCH, end);
    }

    check("STREAMING", end, streamCounts);
    check("BATCH", end, batchCounts);
    assertThat(values("BATCH")).isEqualTo(values("STREAMING"));
  }

  private void check(String mode, long end, Map<String, Object> counts) {
    assertThat(values(mode)).as("seed %d, %s", SEED, mode).containsAllEntriesOf(recomputed(end));
    assertThat(values(mode))
        .allSatisfy(
            (place, value) -> assertThat(value).isEqualTo(at(place.customer(), place.at())));
    Collected.of(SeparateSinks.store(version(mode), Mall.ACTIVITY))
        .online()
        .forEach((customer, vector) -> checkVector((Long) customer, vector, end));
    assertThat(ViewAccounting.of(project(), counts))
        .allMatch(ViewAccounting::isBalanced)
        .extracting(
            ViewAccounting::view,
            ViewAccounting::source,
            ViewAccounting::read,
            accounting -> accounting.count(Verdict.APPLIED),
            accounting -> accounting.count(Verdict.MALFORMED))
        .containsExactly(
            tuple(Mall.ACTIVITY, "orders", orders.size(), orders.size(), 0),
            tuple(Mall.ACTIVITY, "carts", carts.size() + 2, carts.size(), 2),
            tuple(Mall.SPEND, "orders", orders.size(), orders.size(), 0));
    assertThat(Collected.of(SeparateSinks.store(version(mode), "orders")).deadLetters()).isEmpty();
    assertThat(Collected.of(SeparateSinks.store(version(mode), "carts")).deadLetters())
        .extracting(DeadLetter::code, DeadLetter::source)
        .containsExactlyInAnyOrder(
            tuple(DeadLetter.Code.MISSING_KEY.name(), "carts"),
            tuple(DeadLetter.Code.UNDECODABLE.name(), "carts"));
  }

  private void checkVector(long customer, OnlineVector vector, long end) {
    assertThat(Arrays.asList(vector.values())).isEqualTo(at(customer, end));
    assertThat(vector.eventCount())
        .isEqualTo(
            orders.stream().filter(order -> order.customer() == customer).count()
                + carts.stream().filter(cart -> cart.customer() == customer).count());
  }

  /** The row at every event of either source. */
  private Map<Place, List<Object>> recomputed(long end) {
    Map<Place, List<Object>> rows = new HashMap<>();
    Stream.concat(
            orders.stream().map(order -> new Place(order.customer(), order.time())),
            carts.stream().map(cart -> new Place(cart.customer(), cart.time())))
        .filter(place -> place.at() <= end)
        .forEach(place -> rows.put(place, at(place.customer(), place.at())));
    return rows;
  }

  private List<Object> at(long customer, long instant) {
    List<Order> ofDay =
        orders.stream()
            .filter(order -> order.customer() == customer)
            .filter(order -> isIn(order.time(), instant, Shop.DAY))
            .toList();
    List<Long> cartsOfDay =
        carts.stream()
            .filter(cart -> cart.customer() == customer)
            .map(Cart::time)
            .filter(time -> isIn(time, instant, Shop.DAY))
            .toList();
    return Arrays.asList(
        ofDay.stream().filter(order -> isIn(order.time(), instant, Shop.HOUR)).count(),
        ofDay.isEmpty()
            ? null
            : (Object)
                ofDay.stream()
                    .map(order -> new BigDecimal(order.amount()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .doubleValue(),
        (long) cartsOfDay.size(),
        cartsOfDay.stream().max(Long::compare).orElse(null));
  }

  private static boolean isIn(long time, long instant, long length) {
    return time >= instant - length && time <= instant;
  }

  /** Many orders and few carts, some at the instant of an order of the customer and of its id. */
  private void makeEvents() {
    Random random = new Random(SEED);
    long time = START;
    for (int i = 0; i < 1_200; i++) {
      time += 1 + random.nextInt(4 * 60_000);
      int customer = random.nextInt(CUSTOMERS);
      orders.add(new Order(customer, time, random.nextInt(10_000) / 100.0));
      if (random.nextInt(20) == 0) {
        carts.add(new Cart(customer, time));
      } else if (random.nextInt(20) == 0) {
        carts.add(new Cart(random.nextInt(CUSTOMERS), time + 1));
      }
    }
  }

  private Map<String, Object> run(EmbeddedFlink flink, RuntimeExecutionMode mode, long end)
      throws Exception {
    Configuration settings = PipelineConfiguration.base();
    settings.set(ExecutionOptions.RUNTIME_MODE, mode);
    StreamExecutionEnvironment env = flink.environment(settings);
    env.setParallelism(2);
    SourceOptions options = SourceOptions.defaults();
    FeaturePipeline.define(
        env,
        project(),
        PipelineSources.of(Map.of("orders", file("orders"), "carts", file("carts")), options),
        new SeparateSinks(version(mode.name())),
        new WindowSettings(options.clock(), 1, end, mode == RuntimeExecutionMode.BATCH));
    JobExecutionResult result = env.execute("two-sources-" + mode);
    return result.getAllAccumulatorResults();
  }

  private static Project project() {
    return Mall.project("none", "none");
  }

  private FileLocation file(String source) {
    return new FileLocation(directory.resolve(source + ".jsonl").toString());
  }

  private void write(String file, List<String> lines) throws Exception {
    Files.write(directory.resolve(file), lines);
  }

  /** The rows of the view of both sources. */
  private static Map<Place, List<Object>> values(String mode) {
    Map<Place, List<Object>> values = new TreeMap<>();
    Collected.of(SeparateSinks.store(version(mode), Mall.ACTIVITY))
        .offline()
        .forEach(
            (customer, rows) ->
                rows.forEach(row -> values.put(place(customer, row), Arrays.asList(row.values()))));
    return values;
  }

  private static Place place(Object customer, OfflineRow row) {
    return new Place((Long) customer, row.eventTimestamp());
  }

  private static String version(String mode) {
    return "two-sources-" + mode;
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(
        Arrays.stream(values)
            .map(value -> value instanceof Integer number ? (Object) number.longValue() : value)
            .toArray());
  }

  private record Place(long customer, long at) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byCustomer = Long.compare(customer, other.customer);
      return byCustomer == 0 ? Long.compare(at, other.at) : byCustomer;
    }
  }
}
