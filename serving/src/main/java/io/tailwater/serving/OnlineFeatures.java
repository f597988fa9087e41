// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import io.tailwater.definitions.retrieval.OutputFeature;
import io.tailwater.definitions.retrieval.RetrievalProgram;
import io.tailwater.definitions.retrieval.ViewRead;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.VectorAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The features of the entities that were asked for, row by row, and what is to be known of the
 * views that they come of. Immutable.
 */
public final class OnlineFeatures {
  private final FeatureQuery query;
  private final List<ServedView> views;
  private final @Nullable Object[][] values;
  private final long requestTime;
  private final boolean complete;

  private OnlineFeatures(
      FeatureQuery query, List<ServedView> views, @Nullable Object[][] values, long requestTime) {
    this.query = query;
    this.views = List.copyOf(views);
    this.values = values;
    this.requestTime = requestTime;
    this.complete = views.stream().allMatch(ServedView::isComplete);
  }

  static OnlineFeatures compute(
      FeatureQuery query,
      List<Object[]> rows,
      EntityKeys keys,
      List<VectorAnswer> answers,
      long requestTime,
      long maxLag) {
    List<ServedView> views = new ArrayList<>(answers.size());
    for (int i = 0; i < answers.size(); i++) {
      VectorAnswer answer = answers.get(i);
      ViewRead read = query.plan().views().get(i);
      List<@Nullable OnlineVector> vectors = new ArrayList<>(rows.size());
      for (int place : keys.places()[i]) {
        vectors.add(place == EntityKeys.NONE ? null : answer.vectors().get(place));
      }
      views.add(new ServedView(read, vectors, answer.watermark(), requestTime, maxLag));
    }
    return new OnlineFeatures(query, views, values(query, rows, views, requestTime), requestTime);
  }

  private static @Nullable Object[][] values(
      FeatureQuery query, List<Object[]> rows, List<ServedView> views, long requestTime) {
    RetrievalProgram program = query.program();
    int[] requestPlaces = query.requestPlaces();
    @Nullable Object[] request = new @Nullable Object[requestPlaces.length];
    @Nullable Object[][] values = new @Nullable Object[rows.size()][];
    for (int row = 0; row < values.length; row++) {
      @Nullable Object[] @Nullable [] stored = new @Nullable Object[views.size()][];
      for (int view = 0; view < stored.length; view++) {
        stored[view] = views.get(view).values(row);
      }
      for (int field = 0; field < request.length; field++) {
        request[field] = rows.get(row)[requestPlaces[field]];
      }
      values[row] = program.compute(stored, request, requestTime);
    }
    return values;
  }

  /** The features, in the order in which they were asked for. */
  public List<OutputFeature> features() {
    return query.features();
  }

  /** How many rows there are: as many as entities were asked for, in their order. */
  public int rows() {
    return values.length;
  }

  /** The instant as of which features were computed, in milliseconds since the epoch. */
  public long requestTime() {
    return requestTime;
  }

  /** The views that were read, those that features on demand are computed of among them. */
  public List<ServedView> views() {
    return views;
  }

  /** The view that a feature is of; null of a feature on demand. */
  public @Nullable ServedView viewOf(int feature) {
    int read = query.readOf(feature);
    return read == FeatureQuery.ON_DEMAND ? null : views.get(read);
  }

  /** One feature of one row. */
  public FeatureValue get(int row, int feature) {
    return new FeatureValue(
        values[row][feature], status(row, feature), eventTimestamp(row, feature));
  }

  /**
   * One feature of one row.
   *
   * @param column the feature's name or, where several that were asked for share it, {@code
   *     view__name}
   * @throws IllegalArgumentException if there is no such feature
   */
  public FeatureValue get(int row, String column) {
    List<String> columns = features().stream().map(OutputFeature::column).toList();
    int feature = columns.indexOf(column);
    if (feature < 0) {
      throw new IllegalArgumentException(
          "found no feature '%s', expected one of %s".formatted(column, columns));
    }
    return get(row, feature);
  }

  /** The value of one feature of one row; null unless its status is {@code PRESENT}. */
  public @Nullable Object value(int row, int feature) {
    return values[row][feature];
  }

  /** The status of one feature of one row. */
  public FeatureStatus status(int row, int feature) {
    ServedView view = viewOf(feature);
    FeatureStatus status = view == null ? FeatureStatus.PRESENT : view.status(row);
    return status == FeatureStatus.PRESENT && values[row][feature] == null
        ? FeatureStatus.NULL_VALUE
        : status;
  }

  /** As of when one feature of one row holds, in milliseconds; null if nothing was found. */
  public @Nullable Long eventTimestamp(int row, int feature) {
    List<Integer> reads = query.plan().readsOf(feature);
    if (reads.isEmpty()) {
      return requestTime;
    }
    Long oldest = null;
    for (int read : reads) {
      Long timestamp = views.get(read).eventTimestamp(row);
      if (timestamp != null && (oldest == null || timestamp < oldest)) {
        oldest = timestamp;
      }
    }
    return oldest;
  }

  /**
   * Whether all that was found is stored as being of all events, so that {@link #completeFrom} is
   * null throughout.
   */
  public boolean isComplete() {
    return complete;
  }

  /**
   * From when on one feature of one row is of all events that count, in milliseconds since the
   * epoch, if that is later than the request: until then its value may be of less than happened,
   * since the stream that computes it began in the middle of history. {@link Long#MAX_VALUE}: it
   * never will be. Null if it is of all events. That of a feature that is computed is the latest of
   * what it may be computed of.
   */
  public @Nullable Long completeFrom(int row, int feature) {
    int place = query.storedPlace(feature);
    long instant = Long.MIN_VALUE;
    if (place != FeatureQuery.COMPUTED) {
      instant = views.get(query.readOf(feature)).completeFrom(row, place);
    } else {
      for (int read : query.plan().readsOf(feature)) {
        instant = Math.max(instant, views.get(read).completeFrom(row));
      }
    }
    return instant > requestTime ? (Long) instant : null;
  }
}
