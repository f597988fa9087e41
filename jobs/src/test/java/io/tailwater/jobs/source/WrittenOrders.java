// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Orders as writers of many versions write them, and the one schema that they are read with. */
final class WrittenOrders {
  static final Schema READER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Order", "fields": [
                {"name": "id", "type": "string"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "quantity", "type": "long"},
                {"name": "price", "type": "double"},
                {"name": "ratio", "type": "float", "default": 0.25},
                {"name": "note", "type": ["null", "string"], "default": null},
                {"name": "status", "type": "string", "default": "NEW", "aliases": ["state"]},
                {"name": "raw", "type": "bytes", "default": "\\u00ff\\u0001"},
                {"name": "tags", "type": {"type": "array", "items": "string"}, "default": ["none"]},
                {"name": "scores", "type": {"type": "map", "values": "double"}, "default": {"z": 1.5}}
              ]}
              """);

  private static final List<Field> FIELDS =
      List.of(
          new Field("id", ValueType.STRING, false),
          new Field("at", ValueType.TIMESTAMP, false),
          new Field("quantity", ValueType.INT64, false),
          new Field("price", ValueType.DOUBLE, false),
          new Field("ratio", ValueType.FLOAT, false),
          new Field("note", ValueType.STRING, true),
          new Field("status", ValueType.STRING, false),
          new Field("raw", ValueType.BYTES, false),
          new Field("tags", ValueType.arrayOf(ValueType.STRING), false),
          new Field("scores", ValueType.mapOf(ValueType.DOUBLE), false));

  private static final String TIME = "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";

  /** How a writer may write a field; null for not at all. */
  private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("id", List.of("\"string\"", "\"bytes\""));
    WAYS.put("at", List.of(TIME));
    WAYS.put("quantity", List.of("\"long\"", "\"int\""));
    WAYS.put("price", List.of("\"double\"", "\"float\"", "\"long\"", "\"int\""));
    WAYS.put("ratio", List.of("\"float\"", "\"long\"", "\"int\"", ""));
    WAYS.put(
        "note",
        List.of("[\"null\", \"string\"]", "[\"string\", \"null\"]", "\"string\"", "\"bytes\"", ""));
    WAYS.put("status", List.of("\"string\"", ""));
    WAYS.put("state", List.of("\"string\"", ""));
    WAYS.put("raw", List.of("\"bytes\"", "\"string\"", ""));
    WAYS.put("tags", List.of(array("string"), array("bytes"), ""));
    WAYS.put("scores", List.of(map("double"), map("float"), map("long"), map("int"), ""));
    WAYS.put("more", List.of("", "\"boolean\"", map("string"), "[\"null\", \"int\", \"string\"]"));
    WAYS.put(
        "symbol",
        List.of("", "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}"));
    WAYS.put("hash", List.of("", "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 3}"));
    WAYS.put(
        "lines",
        List.of(
            "",
            """
            {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
              {"name": "sku", "type": "string"}, {"name": "next", "type": ["null", "Line"]}]}}
            """));
  }

  private WrittenOrders() {}

  static EventSource source(KafkaTopic topic) {
    return source("id", topic);
  }

  /** The same with another field for the events' id. */
  static EventSource source(String eventId, KafkaTopic topic) {
    return new EventSource(
        "orders",
        READER.toString(),
        FIELDS,
        new EventTime("at", null, "UTC"),
        List.of(eventId),
        List.of(),
        WatermarkPolicy.DEFAULT,
        topic);
  }

  /** A schema that has all that is needed, in any order and in any way that can be resolved. */
  static Schema randomWriter(Random random) {
    List<String> fields = new ArrayList<>();
    boolean[] named = {false};
    WAYS.forEach(
        (name, ways) -> {
          String way = ways.get(random.nextInt(ways.size()));
          // Avro takes a writer with a field and with its alias for an ambiguous one.
          boolean twice = name.equals("state") && named[0];
          if (!way.isEmpty() && !twice) {
            fields.add("{\"name\": \"%s\", \"type\": %s}".formatted(name, way));
            named[0] |= name.equals("status");
          }
        });
    Collections.shuffle(fields, random);
    return schema(fields);
  }

  /** The reader's fields without defaults, and one of another type; null for not there. */
  static Schema with(String field, String type) {
    List<String> fields = new ArrayList<>();
    for (Schema.Field own : READER.getFields()) {
      String way = own.name().equals(field) ? quoted(type) : own.schema().toString();
      if (way != null) {
        fields.add("{\"name\": \"%s\", \"type\": %s}".formatted(own.name(), way));
      }
    }
    if (READER.getField(field) == null) {
      fields.add("{\"name\": \"%s\", \"type\": %s}".formatted(field, quoted(type)));
    }
    return schema(fields);
  }

  static GenericRecord random(Schema writer, Random random) {
    GenericRecord order = new GenericData.Record(writer);
    for (Schema.Field field : writer.getFields()) {
      order.put(field.pos(), value(field.schema(), random));
    }
    return order;
  }

  /** As Avro encodes it, without a header. */
  static byte[] binary(GenericRecord order) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(order.getSchema()).write(order, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** As Confluent's serializers write it. */
  static byte[] confluent(int schemaId, GenericRecord order) throws IOException {
    byte[] binary = binary(order);
    return ByteBuffer.allocate(5 + binary.length)
        .put((byte) 0)
        .putInt(schemaId)
        .put(binary)
        .array();
  }

  private static Schema schema(List<String> fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [%s]}"
                .formatted(String.join(", ", fields)));
  }

  private static String quoted(String type) {
    return type == null ? null : "\"" + type + "\"";
  }

  private static String array(String items) {
    return "{\"type\": \"array\", \"items\": \"%s\"}".formatted(items);
  }

  private static String map(String values) {
    return "{\"type\": \"map\", \"values\": \"%s\"}".formatted(values);
  }

  private static Object value(Schema schema, Random random) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt();
      case LONG ->
          schema.getLogicalType() == null
              ? random.nextLong()
              : 1_800_000_000_000L + random.nextInt(1_000_000);
      case FLOAT -> random.nextFloat() + 1;
      case DOUBLE -> random.nextDouble() * 1e300 + 1;
      case STRING -> text(random);
      case BYTES -> ByteBuffer.wrap(text(random).getBytes(StandardCharsets.UTF_8));
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case ENUM ->
          new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(2)));
      case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())), random);
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(schema.getElementType(), random));
        }
        yield items;
      }
      case MAP -> {
        Map<String, Object> items = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.put(text(random), value(schema.getValueType(), random));
        }
        yield items;
      }
      case RECORD -> random(schema, random);
    };
  }

  private static String text(Random random) {
    return random.nextBoolean() ? "ä" + random.nextInt(100) : "";
  }
}
