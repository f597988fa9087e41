// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import io.tailwater.stores.DeadLetter;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as Kafka records: key and value as they came, the rest in {@link DeadLetterHeaders}.
 * The record's time is that of the refusal, so that retention begins there.
 *
 * @param topic where they go
 */
record DeadLetterRecords(String topic) implements KafkaRecordSerializationSchema<DeadLetter> {

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
    return new ProducerRecord<>(
        topic,
        null,
        letter.rejectedAt(),
        letter.key(),
        letter.value(),
        DeadLetterHeaders.of(letter));
  }
}
