// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static io.tailwater.stores.redis.TestVectors.LAYOUT;
import static io.tailwater.stores.redis.TestVectors.at;
import static io.tailwater.stores.redis.TestVectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.TestVectors.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** The script itself, in a real server. */
class FenceITCase {
  private static final long SEED = 44;
  private static final String KEY = "retail:customer_behavior:1";
  private static final FencedWrites WRITES = new FencedWrites(LAYOUT, null);

  private static EmbeddedRedis redis;
  private RedisClient client;

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
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void writesTheWholeVectorInPlainText() {
    OnlineVector vector =
        new OnlineVector(
            new Object[] {1L},
            1_700_000_000_000L,
            1_700_086_400_001L,
            5,
            3,
            new Object[] {2L, 0.3});
    assertThat(write(WRITES, vector)).isOne();
    assertThat(client.hgetAll(KEY))
        .containsOnly(
            entry("purchases_today", "2"),
            entry("spend_today", "0.3"),
            entry("_event_timestamp", "1700000000000"),
            entry("_valid_until", "1700086400001"),
            entry("_version", "5:3"));
    assertThat(client.pttl(KEY)).isEqualTo(-1);
  }

  @Test
  void leavesNothingOfTheVectorBefore() {
    OnlineVector first = new OnlineVector(new Object[] {1L}, 10, 20, 1, 1, new Object[] {2L, 0.3});
    write(WRITES, first);
    client.hset(KEY, "retired_feature", "1");
    write(WRITES, vector(1, at(21, 1, 1), 0L, null));
    assertThat(client.hgetAll(KEY))
        .containsOnly(
            entry("purchases_today", "0"),
            entry("_event_timestamp", "21"),
            entry("_version", "1:1"));
  }

  @Test
  void comparesEventTimestampThenGenerationThenCount() {
    write(WRITES, vector(1, at(10, 5, 7), 1L, null));
    assertThat(write(WRITES, vector(1, at(9, 6, 8), 2L, null))).isZero();
    assertThat(write(WRITES, vector(1, at(10, 4, 8), 2L, null))).isZero();
    assertThat(write(WRITES, vector(1, at(10, 5, 6), 2L, null))).isZero();
    assertThat(client.hget(KEY, "purchases_today")).isEqualTo("1");
    assertThat(write(WRITES, vector(1, at(10, 5, 7), 3L, null))).isOne();
    assertThat(write(WRITES, vector(1, at(10, 5, 8), 4L, null))).isOne();
    assertThat(write(WRITES, vector(1, at(10, 6, 0), 5L, null))).isOne();
    assertThat(write(WRITES, vector(1, at(11, 0, 0), 6L, null))).isOne();
    assertThat(client.hget(KEY, "purchases_today")).isEqualTo("6");
  }

  @Test
  void keepsTheGreatestOfAnySequenceAndOfEqualsTheLast() {
    Random random = new Random(SEED);
    Comparator<Fence> order =
        Comparator.comparingLong(Fence::eventTimestamp)
            .thenComparingLong(Fence::generation)
            .thenComparingLong(Fence::eventCount);
    for (int i = 0; i < 2_000; i++) {
      Fence greatest = null;
      long last = -1;
      List<Response<Object>> replies = new ArrayList<>();
      List<Long> expected = new ArrayList<>();
      try (Pipeline pipeline = client.pipelined()) {
        for (int n = 0; n < 12; n++) {
          Fence fence = at(extreme(random), extreme(random), extreme(random) & Long.MAX_VALUE);
          boolean accepted = greatest == null || order.compare(fence, greatest) >= 0;
          greatest = accepted ? fence : greatest;
          last = accepted ? n : last;
          expected.add(accepted ? 1L : 0L);
          OnlineVector vector = vector(i, fence, (long) n, null);
          replies.add(WRITES.write(WRITES.key(vector.key()), vector).sendText(pipeline));
        }
      }
      assertThat(replies.stream().map(Response::get))
          .as("seed %d, case %d", SEED, i)
          .containsExactlyElementsOf(expected);
      assertThat(client.hget(LAYOUT.key(new Object[] {(long) i}), "purchases_today"))
          .as("seed %d, case %d", SEED, i)
          .isEqualTo(Long.toString(last));
    }
  }

  /** Few values, so that many are equal, among them neighbours that are one and the same double. */
  private static long extreme(Random random) {
    long[] values = {
      0,
      1,
      2,
      -1,
      (1L << 53) - 1,
      1L << 53,
      (1L << 53) + 1,
      (1L << 53) + 2,
      -(1L << 53) - 1,
      -(1L << 53),
      999_999_999_999_999_999L,
      1_000_000_000_000_000_000L,
      -999_999_999_999_999_999L,
      -1_000_000_000_000_000_000L,
      Long.MAX_VALUE,
      Long.MAX_VALUE - 1,
      Long.MIN_VALUE,
      Long.MIN_VALUE + 1
    };
    int bound = random.nextInt(5) == 0 ? values.length : 4;
    return values[random.nextInt(bound)];
  }

  @Test
  void expiresFromTheTimeOfWriting() {
    FencedWrites expiring = new FencedWrites(LAYOUT, Duration.ofHours(1));
    write(expiring, vector(1, at(10, 1, 1), 1L, null));
    assertThat(client.pttl(KEY)).isBetween(1L, Duration.ofHours(1).toMillis());
    write(WRITES, vector(1, at(11, 1, 1), 1L, null));
    assertThat(client.pttl(KEY)).isEqualTo(-1);
  }

  @Test
  void refusesToTouchWhatItDidNotWrite() {
    client.hset(KEY, "_event_timestamp", "yesterday");
    assertThatThrownBy(() -> write(WRITES, vector(1, at(10, 1, 1), 1L, null)))
        .isInstanceOf(JedisDataException.class)
        .hasMessageContaining("BADVECTOR");
    client.del(KEY);
    client.set(KEY, "a string");
    assertThatThrownBy(() -> write(WRITES, vector(1, at(10, 1, 1), 1L, null)))
        .isInstanceOf(JedisDataException.class)
        .hasMessageContaining("WRONGTYPE");
  }

  @Test
  void takesMoreFeaturesThanLuasStackHolds() {
    WideView wide = WideView.of(9_000);
    assertThat(write(new FencedWrites(wide.layout(), null), wide.vector())).isOne();
    assertThat(client.hlen(wide.layout().key(wide.vector().key()))).isEqualTo(9_002);
  }

  private long write(FencedWrites writes, OnlineVector vector) {
    Response<Object> reply;
    try (Pipeline pipeline = client.pipelined()) {
      reply = writes.write(writes.key(vector.key()), vector).sendText(pipeline);
    }
    return (Long) reply.get();
  }
}
