// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.jobs.historical.output.ColumnStatistics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job counts of a training set, on its way to whoever has started the job: as JSON. */
final class WrittenCounts {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode counts = MAPPER.createObjectNode();

  WrittenCounts(TrainingSetPlan plan, long rows, ColumnStatistics[] statistics, long[] unmatched) {
    counts.put("rows", rows);
    ArrayNode views = counts.putArray("unmatched");
    for (long count : unmatched) {
      views.add(count);
    }
    ArrayNode columns = counts.putArray("columns");
    for (ColumnStatistics column : statistics) {
      columns
          .addObject()
          .put("nulls", column.nulls())
          .put("min", column.least())
          .put("max", column.greatest());
    }
  }

  String json() {
    return counts.toString();
  }

  /** Reads what {@link #json} gave. */
  static RetrievalSummary summary(TrainingSetPlan plan, SummaryFrame frame, String json) {
    JsonNode counts;
    try {
      counts = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a job's counts: " + json, e);
    }
    List<RetrievalSummary.View> views = new ArrayList<>();
    for (int i = 0; i < plan.views().size(); i++) {
      String name = plan.views().get(i).name();
      views.add(
          new RetrievalSummary.View(
              name, counts.get("unmatched").get(i).asLong(), !frame.unknownViews().contains(name)));
    }
    List<RetrievalSummary.Column> columns = new ArrayList<>();
    for (int i = 0; i < plan.columns().size(); i++) {
      JsonNode column = counts.get("columns").get(i);
      columns.add(
          new RetrievalSummary.Column(
              plan.columns().get(i).name(),
              plan.columns().get(i).type(),
              column.get("nulls").asLong(),
              text(column.get("min")),
              text(column.get("max"))));
    }
    return new RetrievalSummary(
        counts.get("rows").asLong(), frame.zoneless(), views, columns, frame.incomplete());
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }
}
