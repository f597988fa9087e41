// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import io.tailwater.stores.DeadLetter;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** A folder for each source. */
final class SourceBuckets implements BucketAssigner<DeadLetter, String> {
  private static final long serialVersionUID = 1;

  @Override
  public String getBucketId(DeadLetter letter, Context context) {
    return KafkaDeadLetters.topicFor(letter.source());
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
