// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.SimulatedCase.Counting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;

/**
 * Random histories of writers – late events, expiries, crashes, replays in another order, retries
 * that reorder and repeat, a forgotten older job – all end with the right vector in a real Redis.
 * And each part of the fence is needed: without it, some end with a wrong one.
 */
class FenceSimulationITCase {
  private static final long FIRST_SEED = 1_000_000;
  private static final int CASES = 20_000;
  private static final int CASES_WITHOUT_A_PART = 2_000;
  private static final int CASES_AT_ONCE = 200;

  private static EmbeddedRedis redis;
  private static RedisClient client;
  private static RedisReader reader;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.create();
    client = RedisClient.create(redis.host(), redis.port());
    reader = new RedisReader(RedisOptions.of(redis.host(), redis.port()));
  }

  @AfterAll
  static void stopRedis() {
    reader.close();
    client.close();
    redis.close();
  }

  @BeforeEach
  void clear() {
    client.flushAll();
  }

  @Test
  void everyHistoryEndsWithTheRightVector() {
    assertThat(wrongEnds(LuaScript.FENCE, Counting.EVENTS, CASES)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ignores the count      | for i = 1, 3 do                | for i = 1, 2 do",
        "ignores the generation | for i = 1, 3 do                | for i = 1, 3, 2 do",
        "ignores the timestamp  | for i = 1, 3 do                | for i = 2, 3 do",
        "goes back              | return true                    | return false",
        "leaves stale fields    | redis.call('DEL', KEYS[1])     | local kept"
      })
  void someHistoriesEndWrongWhenTheFence(String fault, String part, String replacement) {
    String fence = new String(LuaScript.FENCE.text(), UTF_8);
    assertThat(fence).contains(part);
    LuaScript faulty = LuaScript.of(fence.replace(part, replacement));
    assertThat(wrongEnds(faulty, Counting.EVENTS, CASES_WITHOUT_A_PART)).as(fault).isNotEmpty();
  }

  @Test
  void someHistoriesEndWrongWhenWritesAreCounted() {
    assertThat(wrongEnds(LuaScript.FENCE, Counting.WRITES, CASES)).isNotEmpty();
  }

  /** Runs cases and describes those that end with another vector than the right one. */
  private static List<String> wrongEnds(LuaScript fence, Counting counting, int cases) {
    client.scriptLoad(new String(fence.text(), UTF_8));
    List<String> wrong = new ArrayList<>();
    for (int from = 0; from < cases; from += CASES_AT_ONCE) {
      List<SimulatedCase> batch = new ArrayList<>();
      for (int i = from; i < from + CASES_AT_ONCE; i++) {
        batch.add(SimulatedCase.of(FIRST_SEED + i, i, counting));
      }
      write(fence, batch);
      wrong.addAll(wrongEnds(batch));
    }
    return wrong;
  }

  private static void write(LuaScript fence, List<SimulatedCase> cases) {
    FencedWrites writes = new FencedWrites(SimulatedView.LAYOUT, null);
    try (Pipeline pipeline = client.pipelined()) {
      for (SimulatedCase one : cases) {
        for (OnlineVector vector : one.arrived()) {
          ScriptCall call = writes.write(writes.key(vector.key()), vector);
          new ScriptCall(fence, call.key(), call.arguments()).sendDigest(pipeline);
        }
      }
    }
  }

  private static List<String> wrongEnds(List<SimulatedCase> cases) {
    List<Object[]> keys = cases.stream().map(one -> one.right().key()).toList();
    List<Optional<OnlineVector>> stored = reader.read(SimulatedView.LAYOUT, keys);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      SimulatedCase one = cases.get(i);
      String right = describe(one.right());
      String found = stored.get(i).map(FenceSimulationITCase::describe).orElse("nothing");
      if (!found.equals(right)) {
        wrong.add("seed %d: %s instead of %s".formatted(one.seed(), found, right));
      }
    }
    return wrong;
  }

  /** All but the count, which is the fence's means and not its end. */
  private static String describe(OnlineVector vector) {
    return "%s as of %d until %d of generation %d"
        .formatted(
            Arrays.toString(vector.values()),
            vector.eventTimestamp(),
            vector.validUntil(),
            vector.generation());
  }
}
