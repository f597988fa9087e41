// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import feast.proto.types.ValueProto.Value;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Two views of one entity in Feast's layout, in a real server. */
class FeastLayoutITCase {
  private static final long SEED = 66;
  private static final List<JoinKey> USER = List.of(new JoinKey("user_id", ValueType.INT64));
  private static final FeastLayout SPEND =
      new FeastLayout(
          "txn",
          "user_txn",
          USER,
          List.of(
              new Field("cnt_1h", ValueType.INT64, true),
              new Field("sum_1h", ValueType.DOUBLE, true),
              new Field("last_merchant", ValueType.STRING, true)));
  private static final FeastLayout VISITS =
      new FeastLayout("txn", "visits", USER, List.of(new Field("cnt", ValueType.INT64, true)));
  private static final byte[] KEY =
      HexFormat.of()
          .parseHex("010000000200000007000000757365725f69640400000008000000e90300000000000074786e");

  private static EmbeddedRedis redis;
  private RedisClient client;
  private RedisReader reader;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.create();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    client = RedisClient.create(redis.host(), redis.port());
    client.flushAll();
    reader = new RedisReader(RedisOptions.of(redis.host(), redis.port()));
  }

  @AfterEach
  void disconnect() {
    reader.close();
    client.close();
  }

  @Test
  void feastFindsEachFeatureAndTheViewsTime() throws Exception {
    write(SPEND, vector(1785585600_123L, 5, 3, 3L, null, "m1"));

    assertThat(feature("8b2add63")).isEqualTo(Value.newBuilder().setInt64Val(3).build());
    assertThat(feature("835b9759")).isEqualTo(Value.getDefaultInstance());
    assertThat(feature("f94e75b1")).isEqualTo(Value.newBuilder().setStringVal("m1").build());
    assertThat(Timestamp.parseFrom(client.hget(KEY, "_ts:user_txn".getBytes(UTF_8))))
        .isEqualTo(Timestamp.newBuilder().setSeconds(1785585600).setNanos(123_000_000).build());
    assertThat(client.hlen(KEY)).as("and one field of ours").isEqualTo(5);
  }

  private Value feature(String field) throws InvalidProtocolBufferException {
    return Value.parseFrom(client.hget(KEY, HexFormat.of().parseHex(field)));
  }

  @Test
  void eachViewHasItsOwnOrderAndLeavesTheOtherAlone() throws Exception {
    write(SPEND, vector(100, 5, 3, 3L, 1.5, "a"));
    write(VISITS, vector(50, 9, 1, 7L));
    write(SPEND, vector(99, 6, 9, 4L, 2.5, "b"));
    write(VISITS, vector(50, 9, 2, 8L));

    assertThat(read(SPEND).orElseThrow().values()).containsExactly(3L, 1.5, "a");
    assertThat(read(VISITS).orElseThrow().values()).containsExactly(8L);
    assertThat(read(VISITS).orElseThrow().eventCount()).isEqualTo(2);
  }

  @Test
  void ofAnySequenceTheGreatestStaysAndOfEqualsTheLast() throws Exception {
    Random random = new Random(SEED);
    Comparator<OnlineVector> order =
        Comparator.comparingLong(OnlineVector::eventTimestamp)
            .thenComparingLong(OnlineVector::generation)
            .thenComparingLong(OnlineVector::eventCount);
    for (int round = 0; round < 200; round++) {
      client.flushAll();
      OnlineVector greatest = null;
      List<OnlineVector> sequence = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        OnlineVector vector =
            vector(random.nextInt(3) - 1, random.nextInt(2), random.nextInt(3), (long) i, 0.0, "");
        sequence.add(vector);
        greatest = greatest == null || order.compare(vector, greatest) >= 0 ? vector : greatest;
      }
      for (OnlineVector vector : sequence) {
        write(SPEND, vector);
      }
      assertThat(read(SPEND).orElseThrow().values())
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(greatest.values());
    }
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    OnlineVector partly =
        new OnlineVector(
            new Object[] {1001L},
            100,
            86_500,
            5,
            3,
            new Object[] {3L, null, ""},
            new long[] {99, 200, OnlineVector.FOREVER});
    write(SPEND, partly);

    OnlineVector read = read(SPEND).orElseThrow();
    assertThat(read).usingRecursiveComparison().ignoringFields("completeFrom").isEqualTo(partly);
    assertThat(read.completeFrom()).containsExactly(Long.MIN_VALUE, 200, OnlineVector.FOREVER);
    assertThat(reader.read(SPEND, List.<Object[]>of(new Object[] {7L})).get(0)).isEmpty();
    assertThat(
            reader
                .read(SPEND, List.<Object[]>of(new Object[] {1001L}), List.of("last_merchant"))
                .get(0)
                .orElseThrow()
                .values())
        .containsExactly("");
  }

  @Test
  void aViewIsEmptyWhereOnlyOthersHaveVectors() throws Exception {
    assertThat(reader.isEmpty(VISITS)).isTrue();
    write(SPEND, vector(100, 5, 3, 3L, 1.5, "a"));
    client.set("unrelated", "1");

    assertThat(reader.isEmpty(VISITS)).isTrue();
    assertThat(reader.isEmpty(SPEND)).isFalse();
    List<OnlineVector> found = new ArrayList<>();
    reader.scan(SPEND, found::add);
    assertThat(found).extracting(vector -> vector.key()[0]).containsExactly(1001L);
  }

  @Test
  void featuresThatAViewHasNoMoreGoWithTheNextWrite() throws Exception {
    FeastLayout evolved =
        new FeastLayout(
            "txn",
            "user_txn",
            USER,
            List.of(
                new Field("last_merchant", ValueType.STRING, true),
                new Field("total_1h", ValueType.DOUBLE, true)));
    write(VISITS, vector(50, 9, 1, 7L));
    write(SPEND, vector(100, 5, 3, 3L, 1.5, "a"));
    client.hset(KEY, "another program's".getBytes(UTF_8), new byte[] {1});
    write(evolved, vector(99, 5, 3, "old", 0.5));
    assertThat(client.hlen(KEY)).as("what is refused removes nothing").isEqualTo(5 + 3 + 1);

    write(evolved, vector(100, 5, 3, "b", 2.5));

    byte[] count = HexFormat.of().parseHex("8b2add63");
    byte[] sum = HexFormat.of().parseHex("835b9759");
    assertThat(client.hmget(KEY, count, sum)).containsExactly(null, null);
    assertThat(feature("f94e75b1")).isEqualTo(Value.newBuilder().setStringVal("b").build());
    assertThat(read(evolved).orElseThrow().values()).containsExactly("b", 2.5);
    assertThat(read(VISITS).orElseThrow().values()).containsExactly(7L);
    assertThat(client.hlen(KEY)).as("with each view's time and order").isEqualTo(4 + 3 + 1);

    write(SPEND, vector(101, 5, 4, 4L, null, "c"));
    assertThat(read(SPEND).orElseThrow().values()).containsExactly(4L, null, "c");
    assertThat(client.hlen(KEY)).isEqualTo(5 + 3 + 1);
  }

  @Test
  void theHashExpiresWithTheLastOfItsViews() throws Exception {
    write(SPEND, Duration.ofHours(1), vector(100, 5, 3, 3L, 1.5, "a"));
    assertThat(client.pttl(KEY)).isBetween(1L, 3_600_000L);

    write(VISITS, Duration.ofHours(3), vector(50, 5, 3, 3L));
    assertThat(client.pttl(KEY)).isBetween(7_200_000L, 10_800_000L);
    write(SPEND, Duration.ofHours(1), vector(101, 5, 3, 3L, 1.5, "a"));
    assertThat(client.pttl(KEY)).as("the other view needs it longer").isGreaterThan(7_200_000L);

    write(VISITS, null, vector(51, 5, 3, 3L));
    write(SPEND, Duration.ofHours(1), vector(102, 5, 3, 3L, 1.5, "a"));
    assertThat(client.pttl(KEY)).as("the other view never expires").isEqualTo(-1);
  }

  @Test
  void aFieldThatIsNoOrderIsNotWrittenOver() {
    client.hset(KEY, "_tailwater:user_txn".getBytes(UTF_8), "mine".getBytes(UTF_8));

    assertThatThrownBy(() -> write(SPEND, vector(100, 5, 3, 3L, 1.5, "a")))
        .isInstanceOf(RedisWriteException.class)
        .hasMessageContaining("BADVECTOR _tailwater:user_txn");
    assertThatThrownBy(() -> read(SPEND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("found 'mine' in field '_tailwater:user_txn', expected <event");
  }

  @Test
  void aFeatureWithoutAPlaceInFeastIsRefused() {
    ValueType nested = ValueType.arrayOf(ValueType.arrayOf(ValueType.INT64));

    assertThatThrownBy(() -> new FeastLayout("p", "v", USER, List.of(new Field("f", nested, true))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("feature 'f' of view 'v': found an array of");
  }

  private Optional<OnlineVector> read(FeastLayout layout) {
    return reader.read(layout, new Object[] {1001L});
  }

  private void write(FeastLayout layout, OnlineVector vector) throws InterruptedException {
    write(layout, null, vector);
  }

  private void write(FeastLayout layout, Duration expireAfter, OnlineVector vector)
      throws InterruptedException {
    RedisOptions options = RedisOptions.of(redis.host(), redis.port()).withExpireAfter(expireAfter);
    try (RedisWriter writer = new RedisWriter(layout, options, new RecordingListener())) {
      writer.add(vector);
      writer.flush();
    }
  }

  private static OnlineVector vector(long asOf, long generation, long count, Object... values) {
    return new OnlineVector(
        new Object[] {1001L}, asOf, OnlineVector.FOREVER, generation, count, values);
  }
}
