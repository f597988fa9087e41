// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.ColumnFeature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.program.BatchProgram;
import io.tailwater.jobs.view.NullMetrics;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a batch view's query as rows of its offline table, with {@link RowGroup#QUERIED} in place
 * of a created timestamp. What cannot be one is a dead letter on the side.
 */
final class QueryRows extends ProcessFunction<Row, OfflineRow> {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BatchFeatureView view;
  private final QueryColumns columns;
  private final OutputTag<DeadLetter> deadLetters;
  private final long now;

  private transient @Nullable BatchProgram program;
  private transient @Nullable LongCounter read;
  private transient @Nullable LongCounter refused;

  /**
   * @param now the rejected-at of dead letters, in milliseconds
   */
  QueryRows(BatchFeatureView view, OutputTag<DeadLetter> deadLetters, long now) {
    this.view = view;
    this.columns = QueryColumns.of(view);
    this.deadLetters = deadLetters;
    this.now = now;
  }

  @Override
  public void open(OpenContext context) {
    program =
        BatchProgram.compile(view, new NullMetrics(view, getRuntimeContext().getMetricGroup()));
    read = Count.READ.register(view.name(), getRuntimeContext());
    refused = Count.REFUSED.register(view.name(), getRuntimeContext());
  }

  @Override
  public void processElement(Row row, Context context, Collector<OfflineRow> out) {
    requireNonNull(read, "not open").add(1L);
    Object time = row.getField(columns.eventTimestamp());
    Long millis = time == null ? null : (Long) ColumnValue.millis(time);
    try {
      out.collect(convert(row, millis));
    } catch (RefusedRowException e) {
      requireNonNull(refused, "not open").add(1L);
      context.output(deadLetters, deadLetter(row, millis, e));
    }
  }

  // NullAway: the elements of OfflineRow.values may be null, as its Javadoc says.
  @SuppressWarnings("NullAway")
  private OfflineRow convert(Row row, @Nullable Long millis) throws RefusedRowException {
    Object[] key = new Object[columns.keys().length];
    for (int i = 0; i < key.length; i++) {
      JoinKey joinKey = view.entity().joinKeys().get(i);
      Object value = value(row, columns.keys()[i], joinKey.name(), joinKey.type());
      if (value == null) {
        throw refusal(DeadLetter.Code.MISSING_KEY, joinKey.name(), "null", joinKey.type());
      }
      key[i] = value;
    }
    if (millis == null) {
      throw refusal(
          DeadLetter.Code.BAD_EVENT_TIME, view.eventTimestamp(), "null", ValueType.TIMESTAMP);
    }
    List<ColumnFeature> features = view.columns();
    Object[] values = new Object[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row, columns.features()[i], features.get(i).name(), features.get(i).type());
    }
    return new OfflineRow(
        key, millis, RowGroup.QUERIED, requireNonNull(program, "not open").features(values));
  }

  private static @Nullable Object value(Row row, int index, String column, ValueType type)
      throws RefusedRowException {
    try {
      return ColumnValue.of(row.getField(index), type);
    } catch (ColumnValue.RefusedException e) {
      throw new RefusedRowException(
          DeadLetter.Code.SCHEMA_VIOLATION, "column '%s': %s".formatted(column, e.getMessage()));
    }
  }

  private static RefusedRowException refusal(
      DeadLetter.Code code, String column, String found, ValueType expected) {
    return new RefusedRowException(
        code, "column '%s': found %s, expected %s".formatted(column, found, expected));
  }

  private DeadLetter deadLetter(Row row, @Nullable Long millis, RefusedRowException refusal) {
    return new DeadLetter(
        view.name(),
        view.name(),
        refusal.code.name(),
        String.valueOf(refusal.getMessage()),
        "query",
        millis,
        now,
        null,
        json(row));
  }

  private byte[] json(Row row) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.names().size(); i++) {
      Object value = row.getField(i);
      values.put(columns.names().get(i), value == null ? null : value.toString());
    }
    try {
      return JSON.writeValueAsString(values).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are JSON", e);
    }
  }

  private static final class RefusedRowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DeadLetter.Code code;

    RefusedRowException(DeadLetter.Code code, String message) {
      super(message);
      this.code = code;
    }
  }
}
