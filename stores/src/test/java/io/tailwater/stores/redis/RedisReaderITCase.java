// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static io.tailwater.stores.redis.TestVectors.LAYOUT;
import static io.tailwater.stores.redis.TestVectors.at;
import static io.tailwater.stores.redis.TestVectors.vector;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

class RedisReaderITCase {
  private static final long SEED = 45;

  private static EmbeddedRedis redis;
  private RedisOptions options;
  private RedisReader reader;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED);
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void open() {
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      client.flushAll();
    }
    options = RedisOptions.of(redis.host(), redis.port());
    reader = new RedisReader(options);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void readsBackVectorsOfEveryType() {
    NativeLayout layout = everyType();
    Random random = new Random(SEED);
    List<OnlineVector> vectors = new ArrayList<>();
    for (long i = 0; i < 60; i++) {
      vectors.add(randomVector(layout, i, random));
    }
    write(layout, vectors);
    List<Optional<OnlineVector>> read =
        reader.read(layout, vectors.stream().map(OnlineVector::key).toList());
    assertThat(read.stream().map(Optional::orElseThrow).toList())
        .as("seed %d", SEED)
        .usingRecursiveComparison()
        .isEqualTo(vectors);
  }

  @Test
  void tellsMissingEntitiesFromNullFeatures() {
    write(LAYOUT, List.of(vector(1, at(10, 1, 1), 0L, null)));
    List<Optional<OnlineVector>> read =
        reader.read(LAYOUT, List.of(new Object[] {2L}, new Object[] {1L}));
    assertThat(read.get(0)).isEmpty();
    assertThat(read.get(1).orElseThrow().values()).containsExactly(0L, null);
  }

  @Test
  void readsTheNamedFeaturesInTheirOrder() {
    write(LAYOUT, List.of(vector(1, at(10, 1, 1), 2L, 0.5)));
    List<Object[]> keys = List.<Object[]>of(new Object[] {1L});
    assertThat(reader.read(LAYOUT, keys, List.of("spend_today", "purchases_today")).get(0))
        .hasValueSatisfying(vector -> assertThat(vector.values()).containsExactly(0.5, 2L));
    assertThatThrownBy(() -> reader.read(LAYOUT, keys, List.of("spend")))
        .hasMessageContaining("view 'customer_behavior' has no feature 'spend'");
  }

  @Test
  void readsFromWhenOnFeaturesAreComplete() {
    OnlineVector vector =
        new OnlineVector(
            new Object[] {1L},
            10,
            OnlineVector.FOREVER,
            1,
            1,
            new Object[] {2L, 0.5},
            new long[] {10, OnlineVector.FOREVER});
    write(LAYOUT, List.of(vector));
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      assertThat(client.hget("retail:customer_behavior:1", "_complete_from"))
          .as("of what is not complete as of 10")
          .isEqualTo("{\"spend_today\":9223372036854775807}");
    }
    List<Object[]> keys = List.<Object[]>of(new Object[] {1L});
    assertThat(reader.read(LAYOUT, keys, List.of("spend_today", "purchases_today")).get(0))
        .hasValueSatisfying(
            read ->
                assertThat(read.completeFrom())
                    .containsExactly(OnlineVector.FOREVER, Long.MIN_VALUE));

    write(LAYOUT, List.of(vector(1, at(11, 1, 2), 3L, 0.6)));
    assertThat(reader.read(LAYOUT, keys).get(0))
        .hasValueSatisfying(read -> assertThat(read.completeFrom()).isEmpty());
  }

  @Test
  void readsSeveralViewsAndHowFarTheirJobsAreAtOnce() throws InterruptedException {
    NativeLayout other =
        new NativeLayout("retail", "other", TestVectors.joinKeys(), LAYOUT.features());
    write(LAYOUT, List.of(vector(1, at(10, 1, 1), 2L, 0.5)));
    write(other, List.of(vector(2, at(11, 1, 1), 3L, 1.5)));
    try (RedisWriter writer = new RedisWriter(other, options, RedisWriterListener.NONE)) {
      writer.publishProgress(0, 1, 12);
    }
    List<Object[]> keys = List.of(new Object[] {1L}, new Object[] {2L});

    List<VectorAnswer> answers =
        reader.read(
            List.of(
                new VectorQuery(LAYOUT.select(List.of("spend_today", "purchases_today")), keys),
                new VectorQuery(other.select(List.of("purchases_today")), keys)));

    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).vectors().get(0).values()).containsExactly(0.5, 2L);
    assertThat(answers.get(0).vectors().get(1)).isNull();
    assertThat(answers.get(0).watermark()).isNull();
    assertThat(answers.get(1).vectors().get(0)).isNull();
    assertThat(answers.get(1).vectors().get(1).values()).containsExactly(3L);
    assertThat(answers.get(1).vectors().get(1).eventTimestamp()).isEqualTo(11);
    assertThat(answers.get(1).watermark()).isEqualTo(12L);
    assertThat(reader.read(List.of())).isEmpty();
  }

  @Test
  void scansOneViewOnly() throws InterruptedException {
    NativeLayout neighbour =
        new NativeLayout(
            "retail", "customer_behavior_2", TestVectors.joinKeys(), LAYOUT.features());
    write(LAYOUT, LongStream.range(0, 2_000).mapToObj(RedisReaderITCase::small).toList());
    write(neighbour, List.of(small(5_000)));
    try (RedisWriter writer = new RedisWriter(LAYOUT, options, RedisWriterListener.NONE)) {
      writer.publishProgress(0, 1, 10);
    }
    List<Object> customers = new ArrayList<>();
    reader.scan(LAYOUT, vector -> customers.add(vector.key()[0]));
    assertThat(customers.stream().collect(Collectors.toSet()))
        .isEqualTo(LongStream.range(0, 2_000).boxed().collect(Collectors.toSet()));
  }

  @Test
  void passesOverKeysThatAreNoEntitys() {
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      client.set("retail:customer_behavior:backup", "1");
      client.set("retail:customer_behavior:1:2", "1");
      client.set("retail:customer_behavior:%zz", "1");
    }
    assertThat(reader.isEmpty(LAYOUT)).isTrue();
    write(LAYOUT, List.of(small(1)));

    assertThat(reader.isEmpty(LAYOUT)).isFalse();
    List<Object> customers = new ArrayList<>();
    reader.scan(LAYOUT, vector -> customers.add(vector.key()[0]));
    assertThat(customers).containsExactly(1L);
  }

  @Test
  void survivesARestartOfTheServer() {
    write(LAYOUT, List.of(small(1)));
    assertThat(reader.read(LAYOUT, new Object[] {1L})).isPresent();
    redis.stop();
    redis.start();
    assertThat(reader.read(LAYOUT, new Object[] {1L})).isPresent();
  }

  @Test
  void aReplyThatIsLateCostsNoOtherConnection() throws IOException, InterruptedException {
    RedisOptions impatient = options.withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(300));
    try (RedisReader late = new RedisReader(impatient);
        RedisClient admin = RedisClient.create(redis.host(), redis.port())) {
      Set<Long> before = openTwo(late, admin);
      String process = property(admin.info("server"), "process_id:");
      signal("STOP", process);
      try {
        assertThatThrownBy(late::ping).isInstanceOf(JedisException.class);
      } finally {
        signal("CONT", process);
      }

      late.ping();

      assertThat(connections(admin)).isNotEmpty().isSubsetOf(before);
    }
  }

  /** Lets threads ask until the reader has connections to spare, and returns their ids. */
  private static Set<Long> openTwo(RedisReader reader, RedisClient admin)
      throws InterruptedException {
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          while (!enough.get()) {
                            reader.ping();
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (connections(admin).size() < 2 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    enough.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(connections(admin)).hasSizeGreaterThan(1);
    return connections(admin);
  }

  private static Set<Long> connections(RedisClient admin) {
    String clients = new String((byte[]) admin.sendCommand(Command.CLIENT, "LIST"), UTF_8);
    return clients
        .lines()
        .filter(client -> client.contains(" name=tailwater "))
        .map(client -> Long.valueOf(client.substring("id=".length(), client.indexOf(' '))))
        .collect(Collectors.toSet());
  }

  private static String property(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElseThrow();
  }

  private static void signal(String signal, String process)
      throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor()).isZero();
  }

  private static OnlineVector small(long customer) {
    return vector(customer, at(10, 1, 1), 1L, null);
  }

  private void write(NativeLayout layout, List<OnlineVector> vectors) {
    try (RedisWriter writer = new RedisWriter(layout, options, RedisWriterListener.NONE)) {
      vectors.forEach(writer::add);
      writer.flush();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NativeLayout everyType() {
    List<ValueType> types = ValueTextTest.types().toList();
    List<Field> features = new ArrayList<>();
    for (ValueType type : types) {
      features.add(new Field("feature_" + features.size(), type, true));
    }
    return new NativeLayout(
        "retail",
        "every_type",
        List.of(new JoinKey("id", ValueType.INT64), new JoinKey("name", ValueType.STRING)),
        features);
  }

  private static OnlineVector randomVector(NativeLayout layout, long id, Random random) {
    Object[] values = new Object[layout.features().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextInt(4) == 0
              ? null
              : RandomValues.next(layout.features().get(i).type(), random);
    }
    return new OnlineVector(
        new Object[] {id, NastyStrings.nextEncodable(random)},
        RandomValues.nextLong(random),
        RandomValues.nextLong(random),
        RandomValues.nextLong(random),
        random.nextLong(1_000),
        values);
  }
}
