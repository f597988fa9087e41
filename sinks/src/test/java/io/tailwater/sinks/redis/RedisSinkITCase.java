// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import static io.tailwater.sinks.redis.CustomerView.LAYOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.sinks.types.OnlineVectorTypeInfo;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that fails once and whose Redis goes away for a while. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RedisSinkITCase {
  private static final long EVENTS = 40_000;
  private static final long CUSTOMERS = 100;

  private EmbeddedRedis redis;

  @BeforeEach
  void startRedis() {
    redis = EmbeddedRedis.create(EmbeddedRedis.Durability.UNTIL_CLOSED);
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  @Test
  void endsWithEveryCustomersLastVector() throws Exception {
    RedisOptions options =
        RedisOptions.of(redis.host(), redis.port())
            .withBatches(100, Duration.ofMillis(10))
            .withGiveUpAfter(Duration.ofMinutes(1));
    Troubles.reset(EVENTS);
    JobClient job = environment(options).executeAsync("redis-sink");
    CompletableFuture<?> finished = job.getJobExecutionResult();
    Troubles.halfRead.await();
    redis.stop();
    Troubles.redisStopped.countDown();
    Troubles.moreRead.await();
    redis.start();
    finished.get();
    assertThat(Troubles.failed()).isTrue();
    assertThat(stored(options)).isEqualTo(lastEvents());
  }

  private static StreamExecutionEnvironment environment(RedisOptions options) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(2);
    environment
        .fromSequence(0, EVENTS - 1)
        .map(new Troubles())
        .keyBy(event -> event % CUSTOMERS)
        .map(event -> CustomerView.vector(event % CUSTOMERS, event, event / CUSTOMERS))
        .returns(new OnlineVectorTypeInfo(List.of(ValueType.INT64), List.of(ValueType.INT64)))
        .sinkTo(new RedisSink(LAYOUT, options))
        .uid("redis");
    return environment;
  }

  private static Map<Object, Object> stored(RedisOptions options) {
    Map<Object, Object> purchases = new TreeMap<>();
    try (RedisReader reader = new RedisReader(options)) {
      reader.scan(LAYOUT, vector -> purchases.put(vector.key()[0], vector.values()[0]));
    }
    return purchases;
  }

  private static Map<Object, Object> lastEvents() {
    Map<Object, Object> purchases = new TreeMap<>();
    for (long customer = 0; customer < CUSTOMERS; customer++) {
      purchases.put(customer, EVENTS / CUSTOMERS - 1);
    }
    return purchases;
  }
}
