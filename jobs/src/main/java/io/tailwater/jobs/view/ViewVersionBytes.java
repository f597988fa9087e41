// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.program.LoggedColumn;
import io.tailwater.definitions.program.LoggedFeature;
import io.tailwater.definitions.program.LoggedInput;
import io.tailwater.definitions.program.LoggedView;
import io.tailwater.sinks.types.ValueTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a view's version in a savepoint.
 *
 * <pre>
 * version = encoding version (byte), epoch, join keys, inputs, columns, plan, features, numbers, numbered, lateness,
 *           inputsFrom, columnsFrom, allFrom, completeFrom, loggedFrom, acceptedFrom, publishedAt, freshFrom
 * input   = source, keys, where, event id, event time, fields
 * column  = index of its input, value, where, type, counted, fields
 * feature = name, aggregate, expression, reads, default, type
 * list    = size (int), elements
 * text    = length of UTF-8 (int; −1: null), bytes
 * </pre>
 */
final class ViewVersionBytes {
  private static final int VERSION = 1;

  private ViewVersionBytes() {}

  @FunctionalInterface
  private interface Writer<T> {
    void write(T value, DataOutputView out) throws IOException;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(DataInputView in) throws IOException;
  }

  static byte[] write(ViewVersion version) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    LoggedView view = version.view();
    out.writeByte(VERSION);
    out.writeInt(version.epoch());
    writeList(view.joinKeys(), ViewVersionBytes::writeKey, out);
    writeList(view.inputs(), ViewVersionBytes::writeInput, out);
    writeList(view.columns(), (column, to) -> writeColumn(column, view.inputs(), to), out);
    PlanBytes.write(view.plan(), out);
    writeList(view.features(), ViewVersionBytes::writeFeature, out);
    writeTexts(version.numbers(), out);
    out.writeBoolean(version.numbered());
    out.writeLong(version.latenessMillis());
    writeInstants(version.inputsFrom(), out);
    writeInstants(version.columnsFrom(), out);
    out.writeLong(version.allFrom());
    writeInstants(version.completeFrom(), out);
    out.writeLong(version.loggedFrom());
    out.writeLong(version.acceptedFrom());
    writeInstants(version.publishedAt(), out);
    writeFreshFrom(version.freshFrom(), out);
    return out.getCopyOfBuffer();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are of another version or end early
   */
  static ViewVersion read(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int encoding = in.readByte();
    if (encoding != VERSION) {
      throw new IOException(
          "Definitions of a view in format %d; this version of Tailwater reads format %d"
              .formatted(encoding, VERSION));
    }
    int epoch = in.readInt();
    List<JoinKey> joinKeys =
        readList(from -> new JoinKey(readText(from), ValueTypes.read(from)), in);
    List<LoggedInput> inputs = readList(ViewVersionBytes::readInput, in);
    List<LoggedColumn> columns = readList(from -> readColumn(inputs, from), in);
    AggregationPlan plan = PlanBytes.read(in);
    List<LoggedFeature> features = readList(ViewVersionBytes::readFeature, in);
    return new ViewVersion(
        epoch,
        new LoggedView(joinKeys, inputs, columns, plan, features),
        readTexts(in),
        in.readBoolean(),
        in.readLong(),
        readInstants(in),
        readInstants(in),
        in.readLong(),
        readInstants(in),
        in.readLong(),
        in.readLong(),
        readInstants(in),
        readFreshFrom(in));
  }

  private static void writeFreshFrom(Map<String, Long> freshFrom, DataOutputView out)
      throws IOException {
    writeList(
        List.copyOf(freshFrom.entrySet()),
        (feature, to) -> {
          writeText(feature.getKey(), to);
          to.writeLong(feature.getValue());
        },
        out);
  }

  private static Map<String, Long> readFreshFrom(DataInputView in) throws IOException {
    Map<String, Long> freshFrom = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      freshFrom.put(readText(in), in.readLong());
    }
    return freshFrom;
  }

  private static void writeKey(JoinKey key, DataOutputView out) throws IOException {
    writeText(key.name(), out);
    ValueTypes.write(key.type(), out);
  }

  private static void writeInput(LoggedInput input, DataOutputView out) throws IOException {
    writeText(input.source(), out);
    writeTexts(input.keys(), out);
    writeText(input.where(), out);
    writeTexts(input.eventId(), out);
    writeTexts(input.eventTime(), out);
    writeFields(input.fields(), out);
  }

  private static LoggedInput readInput(DataInputView in) throws IOException {
    return new LoggedInput(
        readText(in),
        readTexts(in),
        readTextOrNull(in),
        readTexts(in),
        readTexts(in),
        readFields(in));
  }

  private static void writeColumn(LoggedColumn column, List<LoggedInput> inputs, DataOutputView out)
      throws IOException {
    out.writeInt(inputs.indexOf(column.input()));
    writeText(column.value(), out);
    writeText(column.where(), out);
    ValueTypes.write(column.type(), out);
    out.writeBoolean(column.counted());
    writeFields(column.fields(), out);
  }

  private static LoggedColumn readColumn(List<LoggedInput> inputs, DataInputView in)
      throws IOException {
    return new LoggedColumn(
        inputs.get(in.readInt()),
        readTextOrNull(in),
        readTextOrNull(in),
        ValueTypes.read(in),
        in.readBoolean(),
        readFields(in));
  }

  private static void writeFeature(LoggedFeature feature, DataOutputView out) throws IOException {
    writeText(feature.name(), out);
    out.writeInt(feature.aggregate());
    writeText(feature.expression(), out);
    writeTexts(feature.reads(), out);
    writeText(feature.defaultValue(), out);
    writeText(feature.type(), out);
  }

  private static LoggedFeature readFeature(DataInputView in) throws IOException {
    return new LoggedFeature(
        readText(in),
        in.readInt(),
        readTextOrNull(in),
        readTexts(in),
        readTextOrNull(in),
        readText(in));
  }

  private static void writeFields(Map<String, ValueType> fields, DataOutputView out)
      throws IOException {
    writeList(
        List.copyOf(fields.entrySet()),
        (field, to) -> {
          writeText(field.getKey(), to);
          ValueTypes.write(field.getValue(), to);
        },
        out);
  }

  private static Map<String, ValueType> readFields(DataInputView in) throws IOException {
    Map<String, ValueType> fields = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      fields.put(readText(in), ValueTypes.read(in));
    }
    return fields;
  }

  private static <T> void writeList(List<T> list, Writer<T> writer, DataOutputView out)
      throws IOException {
    out.writeInt(list.size());
    for (T element : list) {
      writer.write(element, out);
    }
  }

  private static <T> List<T> readList(Reader<T> reader, DataInputView in) throws IOException {
    List<T> list = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      list.add(reader.read(in));
    }
    return list;
  }

  private static void writeTexts(List<String> texts, DataOutputView out) throws IOException {
    writeList(texts, ViewVersionBytes::writeText, out);
  }

  private static List<String> readTexts(DataInputView in) throws IOException {
    return readList(ViewVersionBytes::readText, in);
  }

  private static void writeInstants(List<Long> instants, DataOutputView out) throws IOException {
    writeList(instants, (instant, to) -> to.writeLong(instant), out);
  }

  private static List<Long> readInstants(DataInputView in) throws IOException {
    return readList(DataInputView::readLong, in);
  }

  private static void writeText(@Nullable String text, DataOutputView out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputView in) throws IOException {
    String text = readTextOrNull(in);
    if (text == null) {
      throw new IOException(
          "Definitions of a view in a savepoint: found no name where one belongs");
    }
    return text;
  }

  private static @Nullable String readTextOrNull(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
