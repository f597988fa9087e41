// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.retrieval.ViewRead;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store had of one view, row by row, and how well it holds. Immutable. */
public final class ServedView {
  private final ViewRead read;
  private final List<@Nullable OnlineVector> vectors;
  private final @Nullable Long watermark;
  private final long requestTime;
  private final long maxLag;
  private final boolean complete;

  /**
   * @param vectors one for each row; null where there is none
   */
  ServedView(
      ViewRead read,
      List<@Nullable OnlineVector> vectors,
      @Nullable Long watermark,
      long requestTime,
      long maxLag) {
    this.read = read;
    this.vectors = vectors;
    this.watermark = watermark;
    this.requestTime = requestTime;
    this.maxLag = maxLag;
    this.complete =
        vectors.stream().allMatch(vector -> vector == null || vector.completeFrom().length == 0);
  }

  /** The view's name or, where a service reads it under another one, its alias. */
  public String name() {
    return read.name();
  }

  /** The name of the view that is stored, under whatever name it is read. */
  public String storedView() {
    return read.view().name();
  }

  /** {@code PRESENT}, {@code NOT_FOUND} or {@code OUTSIDE_MAX_AGE}. */
  public FeatureStatus status(int row) {
    OnlineVector vector = vectors.get(row);
    if (vector == null) {
      return FeatureStatus.NOT_FOUND;
    }
    Long ttl = read.view().ttlMillis();
    // A ttl includes both ends. Not ts + ttl, which may overflow.
    return ttl != null && requestTime - ttl > vector.eventTimestamp()
        ? FeatureStatus.OUTSIDE_MAX_AGE
        : FeatureStatus.PRESENT;
  }

  /** As of when the row's values hold, in milliseconds since the epoch; null if there are none. */
  public @Nullable Long eventTimestamp(int row) {
    OnlineVector vector = vectors.get(row);
    return vector == null ? null : (Long) vector.eventTimestamp();
  }

  /**
   * The instant at which the row's values differ by themselves, in milliseconds since the epoch;
   * null if there are no values, or never.
   */
  public @Nullable Long validUntil(int row) {
    OnlineVector vector = vectors.get(row);
    return vector == null || vector.validUntil() == OnlineVector.FOREVER
        ? null
        : (Long) vector.validUntil();
  }

  /**
   * Up to when the view's job has come, in milliseconds since the epoch: the values hold all events
   * and all steps up to it. Null if no job has said so, as beside batch views.
   */
  public @Nullable Long watermark() {
    return watermark;
  }

  /** How far the view's job is behind the read, in milliseconds; null if it has not said. */
  public @Nullable Long lag() {
    return watermark == null ? null : (Long) Math.max(0, requestTime - watermark);
  }

  /** Whether the row's values hold; null if there are none. */
  public @Nullable Freshness freshness(int row) {
    if (vectors.get(row) == null) {
      return null;
    }
    if (staleMillis(row) > 0) {
      return Freshness.STALE;
    }
    return watermark == null && read.view() instanceof FeatureView
        ? Freshness.UNKNOWN
        : Freshness.CURRENT;
  }

  /**
   * For how long the row's values may not have held at the instant of the read, in milliseconds, at
   * least 1: since the instant at which they differ by themselves, or since the watermark of a job
   * that is too far behind. 0 if they are not stale, or there are none.
   */
  public long staleMillis(int row) {
    OnlineVector vector = vectors.get(row);
    if (vector == null) {
      return 0;
    }
    long expired = vector.validUntil() <= requestTime ? requestTime - vector.validUntil() + 1 : 0;
    Long lag = lag();
    return Math.max(expired, lag != null && lag > maxLag ? lag : 0);
  }

  /** Whether all stored features of all rows are of all events that count. */
  boolean isComplete() {
    return complete;
  }

  /**
   * From when on a stored feature of the row is of all events that count, in milliseconds since the
   * epoch; {@link Long#MIN_VALUE} where it always is, or there are no values.
   *
   * @param feature its place among those that were read
   */
  long completeFrom(int row, int feature) {
    long[] instants = completeFrom(vectors.get(row));
    return instants.length == 0 ? Long.MIN_VALUE : instants[feature];
  }

  /** The latest of these instants, of all stored features that were read. */
  long completeFrom(int row) {
    long latest = Long.MIN_VALUE;
    for (long instant : completeFrom(vectors.get(row))) {
      latest = Math.max(latest, instant);
    }
    return latest;
  }

  private long[] completeFrom(@Nullable OnlineVector vector) {
    return complete || vector == null ? OnlineVector.COMPLETE : vector.completeFrom();
  }

  /** The row's values as expressions see them: null where there are none, or none in time. */
  @Nullable Object @Nullable [] values(int row) {
    OnlineVector vector = vectors.get(row);
    return vector == null || status(row) != FeatureStatus.PRESENT ? null : vector.values();
  }
}
