// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisWriter;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes one view's vectors to Redis, and with them how far the job has come.
 *
 * <p>At a checkpoint all vectors before it are in Redis. After a failure vectors are written again,
 * perhaps in another order; the fence of the store lets none go back, so Redis ends as if each had
 * been written once. A Redis that is away holds the job up by backpressure, and fails it after
 * {@link RedisOptions#giveUpAfter}.
 */
public final class RedisSink implements Sink<OnlineVector> {
  private static final long serialVersionUID = 1;

  private final OnlineLayout layout;
  private final RedisOptions options;

  /** A sink for the view of {@code layout}. */
  public RedisSink(OnlineLayout layout, RedisOptions options) {
    this.layout = requireNonNull(layout, "layout is null");
    this.options = requireNonNull(options, "options is null");
  }

  @Override
  public SinkWriter<OnlineVector> createWriter(WriterInitContext context) {
    RedisSinkMetrics metrics = new RedisSinkMetrics(context.metricGroup());
    TaskInfo task = context.getTaskInfo();
    return new RedisSinkWriter(
        new RedisWriter(layout, options, metrics),
        new RedisSinkWriter.Subtask(
            task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks()),
        options.linger().toMillis(),
        context.getProcessingTimeService());
  }
}
