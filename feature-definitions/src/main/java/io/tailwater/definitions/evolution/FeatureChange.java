// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a feature.
 *
 * @param name the name that it has or, if it is dropped, had
 * @param was the name that it had, where it is {@linkplain Kind#RENAMED renamed}; else null
 * @param kind what has happened
 * @param differences what its definition says differently; of those that it uses too
 * @param readiness from when on the stream's values are exact
 * @param column what happens in the offline table
 * @param isStored whether it is in the stores, not computed when it is read
 * @param type the type of its values
 */
public record FeatureChange(
    String name,
    @Nullable String was,
    Kind kind,
    List<Difference> differences,
    Readiness readiness,
    ColumnChange column,
    boolean isStored,
    ValueType type) {

  /** What has happened to a feature. */
  public enum Kind {
    /** Its values are what they were. */
    UNCHANGED,
    /** Its values are what they were, under another name. */
    RENAMED,
    /** The name stands for other values than before. */
    CHANGED,
    ADDED,
    DROPPED
  }

  /** What happens to a column of an Iceberg table. */
  public enum ColumnChange {
    /** It stays as it is, or there is none. */
    NONE,
    /** There is a new one, null in the rows that are there. */
    ADD,
    /** It keeps its values under another name. */
    RENAME,
    /** It keeps its values in a wider type. */
    WIDEN,
    /** It keeps its values and gets no more of them. */
    LEAVE
  }

  public FeatureChange {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    differences = List.copyOf(differences);
    requireNonNull(readiness, "readiness is null");
    requireNonNull(column, "column is null");
    requireNonNull(type, "type is null");
  }

  /** Whether its values are those that it had. */
  public boolean isSame() {
    return kind == Kind.UNCHANGED || kind == Kind.RENAMED;
  }

  /** What it needs so that all its values are exact; empty for nothing. */
  public Set<Need> needs() {
    Set<Need> needs = EnumSet.noneOf(Need.class);
    if (isSame() || kind == Kind.DROPPED) {
      return needs;
    }
    if (readiness.cause() == Readiness.Cause.QUERY) {
      needs.add(Need.MATERIALIZE);
      return needs;
    }
    if (!readiness.isAtOnce()) {
      needs.add(Need.HISTORY);
    }
    if (isStored) {
      needs.add(Need.BACKFILL);
    }
    return needs;
  }
}
