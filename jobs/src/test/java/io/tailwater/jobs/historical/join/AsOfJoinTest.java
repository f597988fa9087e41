// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The join's own code, through its blocks, against the plainest way to say what it means. */
class AsOfJoinTest {
  private static final List<JoinKey> KEYS =
      List.of(new JoinKey("name", ValueType.STRING), new JoinKey("number", ValueType.INT32));
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "name", Types.StringType.get()),
          Types.NestedField.required(2, "number", Types.IntegerType.get()),
          Types.NestedField.required(3, "event_timestamp", Types.TimestampType.withZone()),
          Types.NestedField.required(4, "created_timestamp", Types.TimestampType.withZone()),
          Types.NestedField.optional(5, "value", Types.LongType.get()),
          Types.NestedField.optional(6, "text", Types.StringType.get()));

  private record Label(@Nullable String name, @Nullable Integer number, long instant) {}

  private record Row(String name, int number, long event, long created, @Nullable Long value) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void givesEachLabelItsRow(long seed) throws Exception {
    Random random = new Random(seed);
    int instants = 1 + random.nextInt(40);
    List<Label> labels = labels(random, instants);
    List<List<Row>> rows = List.of(rows(random, instants), rows(random, instants));
    long knownAt = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(8);
    List<JoinedView> views =
        List.of(view("first", random, instants), view("second", random, instants));
    int partitions = 1 + random.nextInt(4);

    @Nullable Object[] @Nullable [][] found =
        join(labels, rows, views, knownAt, partitions, random);

    for (int i = 0; i < labels.size(); i++) {
      for (int view = 0; view < views.size(); view++) {
        Row expected = naive(labels.get(i), rows.get(view), views.get(view), knownAt);
        @Nullable Object[] actual = found[i][view];
        assertThat(actual == null ? null : Arrays.asList(actual))
            .as("seed %d, label %s, view %s", seed, labels.get(i), views.get(view))
            .isEqualTo(
                expected == null ? null : Arrays.asList(expected.value(), text(expected.value())));
      }
    }
  }

  private static @Nullable Row naive(Label label, List<Row> rows, JoinedView view, long knownAt) {
    Row best = null;
    for (Row row : rows) {
      boolean same =
          row.name().equals(label.name())
              && label.number() != null
              && row.number() == label.number();
      boolean seen = view.before() ? row.event() < label.instant() : row.event() <= label.instant();
      if (same
          && seen
          && row.created() <= knownAt
          && (best == null
              || row.event() > best.event()
              || (row.event() == best.event() && row.created() > best.created()))) {
        best = row;
      }
    }
    Long ttl = view.ttlMillis();
    return best != null && ttl != null && best.event() < label.instant() - ttl ? null : best;
  }

  private static @Nullable Object[] @Nullable [][] join(
      List<Label> labels,
      List<List<Row>> rows,
      List<JoinedView> views,
      long knownAt,
      int partitions,
      Random random)
      throws Exception {
    List<AsOfJoin> joins = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      joins.add(new AsOfJoin(0, i, views));
    }
    LabelBlocks blocks = new LabelBlocks(0, KEYS.stream().map(JoinKey::type).toList(), partitions);
    for (int i = 0; i < labels.size(); i++) {
      Label label = labels.get(i);
      blocks.add(
          i % Block.ROWS, new @Nullable Object[] {label.name(), label.number()}, label.instant());
      if ((i + 1) % Block.ROWS == 0 || i + 1 == labels.size()) {
        blocks.end(i / Block.ROWS, block -> joins.get(block.partition()).label(block));
      }
    }
    joins.forEach(AsOfJoin::endLabels);
    for (int view = 0; view < views.size(); view++) {
      RowBlocks packer =
          new RowBlocksFactory(views.get(view), view, SCHEMA, knownAt, partitions).create();
      List<Row> shuffled = new ArrayList<>(rows.get(view));
      Collections.shuffle(shuffled, random);
      for (Row row : shuffled) {
        packer.add(data(row));
      }
      packer.flush();
      for (Block block = packer.poll(); block != null; block = packer.poll()) {
        joins.get(block.partition()).row(block);
      }
    }
    @Nullable Object[] @Nullable [][] found = new @Nullable Object[labels.size()][views.size()][];
    Answers answers = new Answers(views, new int[] {0, 1});
    for (AsOfJoin join : joins) {
      List<Block> given = new ArrayList<>();
      join.endRows(given::add);
      for (Block block : given) {
        int from = (int) block.chunk() * Block.ROWS;
        int to = Math.min(labels.size(), from + Block.ROWS);
        answers.read(block, Arrays.copyOfRange(found, from, to));
      }
    }
    return found;
  }

  private static GenericRowData data(Row row) {
    return GenericRowData.of(
        StringData.fromString(row.name()),
        row.number(),
        TimestampData.fromEpochMillis(row.event()),
        TimestampData.fromEpochMillis(row.created()),
        row.value(),
        row.value() == null ? null : StringData.fromString(text(row.value())));
  }

  private static @Nullable String text(@Nullable Long value) {
    return value == null ? null : "значение " + value;
  }

  private static JoinedView view(String name, Random random, int instants) {
    Long ttl = random.nextBoolean() ? null : (Long) (long) random.nextInt(instants);
    return new JoinedView(
        name,
        name,
        KEYS,
        List.of("value", "text"),
        List.of(ValueType.INT64, ValueType.STRING),
        Map.of(),
        random.nextBoolean(),
        ttl);
  }

  /** Few keys and instants, so that they meet; now and then more than a chunk. */
  private static List<Label> labels(Random random, int instants) {
    List<Label> labels = new ArrayList<>();
    int count = random.nextInt(4) == 0 ? Block.ROWS + random.nextInt(3) : random.nextInt(200);
    for (int i = 0; i < count; i++) {
      labels.add(
          new Label(
              random.nextInt(20) == 0 ? null : name(random),
              random.nextInt(20) == 0 ? null : (Integer) random.nextInt(3),
              random.nextInt(instants)));
    }
    return labels;
  }

  private static List<Row> rows(Random random, int instants) {
    List<Row> rows = new ArrayList<>();
    int count = random.nextInt(300);
    for (int i = 0; i < count; i++) {
      Row row =
          new Row(
              name(random),
              random.nextInt(3),
              random.nextInt(instants),
              random.nextInt(10),
              random.nextInt(10) == 0 ? null : (Long) (long) i);
      // Two rows of one instant that were made at the same time are none of our business here.
      if (rows.stream()
          .noneMatch(
              other ->
                  other.name().equals(row.name())
                      && other.number() == row.number()
                      && other.event() == row.event()
                      && other.created() == row.created())) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static String name(Random random) {
    return List.of("", "1", "12", "é").get(random.nextInt(4));
  }
}
