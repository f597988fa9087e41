// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisWriter;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Decides when the vectors and the watermark of one subtask go to Redis.
 *
 * <p>A vector goes at once if nothing was sent for the linger, else with all others when the linger
 * since the last send is over or the batch is full: a quiet stream has no delay and a busy one full
 * batches. A watermark goes at most every {@value #PROGRESS_INTERVAL_MILLIS} ms, and at a flush,
 * always after the vectors that came before it. The end of input, which Flink announces by {@link
 * Watermark#MAX_WATERMARK}, is no instant: the last ordinary watermark stays.
 *
 * <p>All on the task's thread.
 */
final class RedisSinkWriter implements SinkWriter<OnlineVector> {
  static final long PROGRESS_INTERVAL_MILLIS = 200;

  private final RedisWriter writer;
  private final Subtask subtask;
  private final Schedule vectors;
  private final Schedule progress;
  private long watermark = Long.MIN_VALUE;
  private long published = Long.MIN_VALUE;

  /** Which of how many subtasks this is. */
  record Subtask(int index, int parallelism) {}

  RedisSinkWriter(
      RedisWriter writer, Subtask subtask, long lingerMillis, ProcessingTimeService time) {
    this.writer = writer;
    this.subtask = subtask;
    this.vectors = new Schedule(time, lingerMillis, this::writeVectors);
    this.progress = new Schedule(time, PROGRESS_INTERVAL_MILLIS, this::publish);
  }

  @Override
  public void write(OnlineVector vector, Context context) throws InterruptedException {
    writer.add(vector);
    if (writer.isFull()) {
      vectors.runNow();
    } else {
      vectors.request();
    }
  }

  @Override
  public void writeWatermark(Watermark newWatermark) throws InterruptedException {
    if (newWatermark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      watermark = newWatermark.getTimestamp();
      progress.request();
    }
  }

  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    vectors.runNow();
    progress.runNow();
  }

  @Override
  public void close() {
    writer.close();
  }

  private void writeVectors() throws InterruptedException {
    writer.flush();
  }

  private void publish() throws InterruptedException {
    if (watermark > published) {
      writer.publishProgress(subtask.index, subtask.parallelism, watermark);
      published = watermark;
    }
  }
}
