// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training set holds.
 *
 * @param rows how many rows: as many as there are labels
 * @param zoneless how many labels' instants named no zone and were read as UTC
 * @param views the views that were joined
 * @param columns the columns of features, in the order of the training set
 * @param incomplete the features that are not fully known at each label's instant
 */
public record RetrievalSummary(
    long rows, long zoneless, List<View> views, List<Column> columns, List<Incomplete> incomplete) {
  /** The job's accumulator that holds the counts. */
  static final String ACCUMULATOR = "tailwater-training-set";

  public RetrievalSummary {
    views = List.copyOf(views);
    columns = List.copyOf(columns);
    incomplete = List.copyOf(incomplete);
  }

  /**
   * A stored feature of which some labels may have got values that were computed without all
   * events, because the stream that wrote them began in the middle of history.
   *
   * @param view the view's name
   * @param feature the feature's name
   * @param completeFrom the first instant, in milliseconds, from which on all values are of all
   *     events; {@link Long#MAX_VALUE} if there is none
   * @param labels how many labels are before that
   */
  public record Incomplete(String view, String feature, long completeFrom, long labels) {}

  /**
   * A view that was joined.
   *
   * @param name the view's name
   * @param unmatched how many labels found no row in it
   * @param known whether its table had a snapshot at the instant as of which things were known;
   *     true where no such instant was given
   */
  public record View(String name, long unmatched, boolean known) {
    public View {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * A column of features.
   *
   * @param name the column's name
   * @param type the type of its values
   * @param nulls how many rows have null
   * @param least the least value as text; null if all are null, or the type has no order
   * @param greatest the greatest value, likewise
   */
  public record Column(
      String name, ValueType type, long nulls, @Nullable String least, @Nullable String greatest) {
    public Column {
      requireNonNull(name, "name is null");
      requireNonNull(type, "type is null");
    }
  }
}
