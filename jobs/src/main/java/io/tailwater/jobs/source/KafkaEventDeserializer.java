// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.jobs.registry.SchemaRegistry;
import java.io.IOException;
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
  private final @Nullable SchemaRegistrySettings registry;
  private transient @Nullable EventDecoder decoder;

  /**
   * @param from events before that time are left out; {@link Long#MIN_VALUE} for none
   * @param registry where the schemas of the topic's records are; null for none
   * @throws IllegalArgumentException if records of the topic's format cannot be decoded so
   */
  KafkaEventDeserializer(
      EventSource source, KafkaTopic topic, long from, @Nullable SchemaRegistrySettings registry) {
    this.source = source;
    this.topic = topic;
    this.from = from;
    this.registry = registry;
    rows(source, topic, registry);
  }

  /**
   * What decodes the values of a topic's records.
   *
   * @param registry where the schemas of the topic's records are; null for none
   * @throws IllegalArgumentException if the topic's format asks for a registry or schemas that are
   *     not there
   */
  static RowDecoder rows(
      EventSource source, KafkaTopic topic, @Nullable SchemaRegistrySettings registry) {
    return switch (topic.format()) {
      case AVRO -> new AvroRowDecoder(source);
      case AVRO_CONFLUENT -> confluent(source, registry);
      case AVRO_SINGLE_OBJECT -> new SingleObjectRowDecoder(source, topic);
      case JSON -> new JsonRowDecoder(source.fields());
    };
  }

  private static RowDecoder confluent(
      EventSource source, @Nullable SchemaRegistrySettings registry) {
    if (registry == null) {
      throw new IllegalArgumentException(
          "source '%s': found the format avro-confluent and no schema registry, expected 'kafka.schema_registry' in tailwater.yaml"
              .formatted(source.name()));
    }
    return new ConfluentRowDecoder(
        new RegisteredRows(source, new SchemaRegistry(registry), System::nanoTime));
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new EventDecoder(source, rows(source, topic, registry));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceElement> out)
      throws IOException {
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
