// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.sinks.types.ValueTypes;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The bytes of plans in savepoints: names of constants, so that their order means nothing. */
final class PlanBytes {
  private PlanBytes() {}

  static void write(AggregationPlan plan, DataOutputView out) throws IOException {
    out.writeInt(plan.columns().size());
    for (ValueType column : plan.columns()) {
      ValueTypes.write(column, out);
    }
    out.writeInt(plan.aggregates().size());
    for (WindowedAggregate aggregate : plan.aggregates()) {
      out.writeUTF(aggregate.function().name());
      BigDecimal parameter = aggregate.parameter();
      out.writeUTF(parameter == null ? "" : parameter.toString());
      out.writeInt(aggregate.column());
      out.writeInt(aggregate.byColumn());
      writeWindow(aggregate.window(), out);
    }
  }

  static AggregationPlan read(DataInputView in) throws IOException {
    List<ValueType> columns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      columns.add(ValueTypes.read(in));
    }
    List<WindowedAggregate> aggregates = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      aggregates.add(
          new WindowedAggregate(
              AggregateFunction.valueOf(in.readUTF()),
              readParameter(in),
              in.readInt(),
              in.readInt(),
              readWindow(in)));
    }
    return new AggregationPlan(columns, aggregates);
  }

  private static @Nullable BigDecimal readParameter(DataInputView in) throws IOException {
    String text = in.readUTF();
    return text.isEmpty() ? null : new BigDecimal(text);
  }

  private static void writeWindow(Window window, DataOutputView out) throws IOException {
    if (window instanceof Window.Sliding sliding) {
      out.writeUTF("sliding");
      out.writeLong(sliding.lengthMillis());
      out.writeLong(sliding.offsetMillis());
      out.writeLong(sliding.hopMillis());
    } else if (window instanceof Window.Calendar calendar) {
      out.writeUTF("calendar");
      out.writeUTF(calendar.period().name());
      out.writeUTF(calendar.zone().getId());
    } else {
      out.writeUTF("lifetime");
    }
  }

  private static Window readWindow(DataInputView in) throws IOException {
    String kind = in.readUTF();
    return switch (kind) {
      case "sliding" -> new Window.Sliding(in.readLong(), in.readLong(), in.readLong());
      case "calendar" ->
          new Window.Calendar(
              Window.Calendar.Period.valueOf(in.readUTF()), ZoneId.of(in.readUTF()));
      case "lifetime" -> new Window.Lifetime();
      default -> throw new IOException("Window state of a window of kind '%s'".formatted(kind));
    };
  }
}
