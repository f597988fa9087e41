// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import static io.tailwater.sinks.redis.CustomerView.LAYOUT;
import static io.tailwater.sinks.redis.CustomerView.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.sinks.redis.RedisSinkWriter.Subtask;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import io.tailwater.stores.redis.RedisWriter;
import io.tailwater.stores.redis.RedisWriterListener;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.SinkWriter.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisSinkWriterITCase {
  private static final Context CONTEXT = new NoContext();

  private static EmbeddedRedis redis;
  private final ManualTime time = new ManualTime();
  private RedisSinkWriter writer;
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
  void open() {
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      client.flushAll();
    }
    RedisOptions options =
        RedisOptions.of(redis.host(), redis.port()).withBatches(3, Duration.ofMillis(10));
    writer =
        new RedisSinkWriter(
            new RedisWriter(LAYOUT, options, RedisWriterListener.NONE),
            new Subtask(0, 1),
            options.linger().toMillis(),
            time);
    reader = new RedisReader(options);
  }

  @AfterEach
  void close() {
    writer.close();
    reader.close();
  }

  @Test
  void writesTheFirstVectorAtOnceAndTheNextWithinTheLinger() throws Exception {
    writer.write(vector(1, 10, 1), CONTEXT);
    assertThat(stored(1)).isPresent();
    writer.write(vector(2, 10, 1), CONTEXT);
    assertThat(stored(2)).isEmpty();
    time.advance(10);
    assertThat(stored(2)).isPresent();
  }

  @Test
  void writesAFullBatchAtOnce() throws Exception {
    writer.write(vector(1, 10, 1), CONTEXT);
    for (long customer = 2; customer <= 4; customer++) {
      assertThat(stored(2)).isEmpty();
      writer.write(vector(customer, 10, 1), CONTEXT);
    }
    assertThat(stored(2)).isPresent();
    assertThat(stored(4)).isPresent();
  }

  @Test
  void writesEverythingAtACheckpoint() throws Exception {
    writer.writeWatermark(new Watermark(5));
    writer.write(vector(1, 10, 1), CONTEXT);
    writer.write(vector(2, 10, 1), CONTEXT);
    writer.writeWatermark(new Watermark(10));
    writer.flush(false);
    assertThat(stored(2)).isPresent();
    assertThat(reader.watermark(LAYOUT)).hasValue(10);
  }

  @Test
  void publishesTheWatermarkNowAndThenAfterTheVectorsBeforeIt() throws Exception {
    writer.writeWatermark(new Watermark(1));
    assertThat(reader.watermark(LAYOUT)).hasValue(1);
    writer.write(vector(1, 10, 1), CONTEXT);
    writer.write(vector(2, 10, 1), CONTEXT);
    writer.writeWatermark(new Watermark(10));
    writer.writeWatermark(new Watermark(11));
    assertThat(reader.watermark(LAYOUT)).hasValue(1);
    time.advance(RedisSinkWriter.PROGRESS_INTERVAL_MILLIS);
    assertThat(stored(2)).isPresent();
    assertThat(reader.watermark(LAYOUT)).hasValue(11);
  }

  @Test
  void theEndOfInputIsNoProgress() throws Exception {
    writer.writeWatermark(new Watermark(10));
    writer.writeWatermark(Watermark.MAX_WATERMARK);
    writer.flush(true);
    assertThat(reader.watermark(LAYOUT)).hasValue(10);
  }

  private Optional<OnlineVector> stored(long customer) {
    return reader.read(LAYOUT, new Object[] {customer});
  }

  private static final class NoContext implements Context {
    @Override
    public long currentWatermark() {
      return Long.MIN_VALUE;
    }

    @Override
    public Long timestamp() {
      return null;
    }
  }
}
