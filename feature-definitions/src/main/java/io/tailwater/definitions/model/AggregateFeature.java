// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over a window of the entity's events.
 *
 * @param name unique in the view
 * @param source the name of the source whose events it sees: of one of the view's {@linkplain
 *     FeatureView#inputs() inputs}
 * @param aggregate what is computed
 * @param where the events that count, a BOOL expression over the source's {@linkplain
 *     EventSource#row() row}, beside the input's own; null for all
 * @param window the events that count, by time
 * @param defaultValue what replaces a null; null if nothing does
 * @param metadata for people
 * @param was its former name; null if there is none
 */
public record AggregateFeature(
    String name,
    String source,
    Aggregate aggregate,
    @Nullable Expression where,
    Window window,
    @Nullable Object defaultValue,
    Metadata metadata,
    @Nullable String was)
    implements Feature {
  public AggregateFeature {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    requireNonNull(aggregate, "aggregate is null");
    requireNonNull(window, "window is null");
    requireNonNull(metadata, "metadata is null");
  }

  /** A feature that has always had its name. */
  public AggregateFeature(
      String name,
      String source,
      Aggregate aggregate,
      @Nullable Expression where,
      Window window,
      @Nullable Object defaultValue,
      Metadata metadata) {
    this(name, source, aggregate, where, window, defaultValue, metadata, null);
  }

  /** A feature of all events of the source, without a default. */
  public AggregateFeature(String name, String source, Aggregate aggregate, Window window) {
    this(name, source, aggregate, null, window, null, Metadata.NONE);
  }

  /** The same of the events that meet the condition. */
  public AggregateFeature where(Expression condition) {
    return new AggregateFeature(
        name, source, aggregate, condition, window, defaultValue, metadata, was);
  }

  @Override
  public ValueType type() {
    return aggregate.type();
  }
}
