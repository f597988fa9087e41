// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Kafka records where they are read; each becomes one element, unless it is too old to
 * count.
 */
final class KafkaEventDeserializer implements KafkaRecordDeserializationSchema<SourceElement> {
  private static final long serialVersionUID = 1L;

  private final EventSource source;
  private final KafkaTopic topic;
  private final long from;
  private transient @Nullable EventDecoder decoder;

  /**
   * @param from events before that time are left out; {@link Long#MIN_VALUE} for none
   */
  KafkaEventDeserializer(EventSource source, KafkaTopic topic, long from) {
    this.source = source;
    this.topic = topic;
    this.from = from;
  }

  /** What decodes the values of a topic's records. */
  static RowDecoder rows(EventSource source, KafkaTopic topic) {
    return switch (topic.format()) {
      case AVRO -> new AvroRowDecoder(source);
      case JSON -> new JsonRowDecoder(source.fields());
    };
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new EventDecoder(source, rows(source, topic));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceElement> out) {
    String position = KafkaPosition.text(record.topic(), record.partition(), record.offset());
    SourceEvent event =
        requireNonNull(decoder, "not open").decode(position, record.key(), record.value());
    if (event.row() == null || event.eventTime() >= from) {
      out.collect(SourceElement.event(record.partition(), record.offset(), event));
    }
  }

  @Override
  public TypeInformation<SourceElement> getProducedType() {
    return new SourceElementTypeInfo(source);
  }
}
