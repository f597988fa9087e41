// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static io.tailwater.stores.redis.TestVectors.LAYOUT;
import static io.tailwater.stores.redis.TestVectors.at;
import static io.tailwater.stores.redis.TestVectors.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.EmbeddedRedis;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class ProgressITCase {
  private static EmbeddedRedis redis;
  private RedisWriter writer;
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
    RedisOptions options = RedisOptions.of(redis.host(), redis.port());
    writer = new RedisWriter(LAYOUT, options, RedisWriterListener.NONE);
    reader = new RedisReader(options);
  }

  @AfterEach
  void close() {
    writer.close();
    reader.close();
  }

  @Test
  void isTheLeastOfAllSubtasksOnceEachHasPublished() throws InterruptedException {
    assertThat(reader.watermark(LAYOUT)).isEmpty();
    writer.publishProgress(0, 3, 300);
    writer.publishProgress(2, 3, 100);
    assertThat(reader.watermark(LAYOUT)).isEmpty();
    writer.publishProgress(1, 3, 200);
    assertThat(reader.watermark(LAYOUT)).hasValue(100);
    writer.publishProgress(2, 3, 1_700_000_000_000L);
    assertThat(reader.watermark(LAYOUT)).hasValue(200);
  }

  @Test
  void doesNotGoBackWhenTheJobRestartsFurtherBack() throws InterruptedException {
    writer.publishProgress(0, 1, 200);
    writer.publishProgress(0, 1, 100);
    assertThat(reader.watermark(LAYOUT)).hasValue(200);
  }

  @Test
  void isNotHeldBackBySubtasksOfALargerParallelism() throws InterruptedException {
    publishAll(4, 100);
    publishAll(2, 200);
    assertThat(reader.watermark(LAYOUT)).hasValue(200);
  }

  @Test
  void staysWhileARescaledJobHasNotPassedIt() throws InterruptedException {
    publishAll(2, 100);
    writer.publishProgress(0, 3, 300);
    writer.publishProgress(1, 3, 50);
    assertThat(reader.watermark(LAYOUT)).hasValue(100);
    writer.publishProgress(2, 3, 300);
    assertThat(reader.watermark(LAYOUT)).hasValue(100);
    writer.publishProgress(1, 3, 250);
    assertThat(reader.watermark(LAYOUT)).hasValue(250);
  }

  @Test
  void takesNothingFromTheSubtasksBeforeARescale() throws InterruptedException {
    writer.publishProgress(0, 2, 100);
    writer.publishProgress(1, 2, 400);
    writer.publishProgress(0, 3, 300);
    writer.publishProgress(2, 3, 300);
    assertThat(reader.watermark(LAYOUT)).hasValue(100);
  }

  @Test
  void goesOnWhileAnOlderJobOfAnotherParallelismDoesToo() throws InterruptedException {
    for (long watermark = 100; watermark < 200; watermark += 10) {
      writer.publishProgress(0, 2, watermark);
      writer.publishProgress(0, 1, 50);
      writer.publishProgress(1, 2, watermark);
      assertThat(reader.watermark(LAYOUT)).hasValue(watermark);
    }
  }

  @Test
  void isPublishedAfterTheVectorsBeforeIt() throws InterruptedException {
    writer.add(vector(1, at(10, 1, 1), 1L, null));
    writer.publishProgress(0, 1, 10);
    assertThat(writer.pending()).isZero();
    assertThat(reader.read(LAYOUT, new Object[] {1L})).isPresent();
    assertThat(reader.watermark(LAYOUT)).isEqualTo(OptionalLong.of(10));
  }

  private void publishAll(int parallelism, long watermark) throws InterruptedException {
    for (int subtask = 0; subtask < parallelism; subtask++) {
      writer.publishProgress(subtask, parallelism, watermark);
    }
  }
}
