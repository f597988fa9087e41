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

/** Decodes Kafka records where they are read; each becomes exactly one element. */
final class KafkaEventDeserializer implements KafkaRecordDeserializationSchema<SourceElement> {
  private static final long serialVersionUID = 1L;

  private final EventSource source;
  private final KafkaTopic topic;
  private transient @Nullable EventDecoder decoder;

  KafkaEventDeserializer(EventSource source, KafkaTopic topic) {
    this.source = source;
    this.topic = topic;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    RowDecoder rows =
        switch (topic.format()) {
          case AVRO -> new AvroRowDecoder(source);
          case JSON -> new JsonRowDecoder(source.fields());
        };
    decoder = new EventDecoder(source, rows);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceElement> out) {
    String position = record.topic() + "/" + record.partition() + "/" + record.offset();
    SourceEvent event =
        requireNonNull(decoder, "not open").decode(position, record.key(), record.value());
    out.collect(SourceElement.event(record.partition(), record.offset(), event));
  }

  @Override
  public TypeInformation<SourceElement> getProducedType() {
    return new SourceElementTypeInfo(source);
  }
}
