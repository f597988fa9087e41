// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import java.util.ArrayList;
import java.util.List;

/** What came of comparing entities with one store. Not thread-safe. */
final class StoreTally {
  private final String store;
  private final List<Difference> differences = new ArrayList<>();
  private long entities;
  private long values;
  private long incomplete;
  private long behind;

  StoreTally(String store) {
    this.store = store;
  }

  String store() {
    return store;
  }

  /** An entity was compared. */
  void entity() {
    entities++;
  }

  /** A value was compared. */
  void value() {
    values++;
  }

  /** A value was passed over, since not all events that count for it are known. */
  void incomplete() {
    incomplete++;
  }

  /** An entity was passed over, since it has events that the stream has not done with. */
  void behind() {
    behind++;
  }

  void differs(Difference difference) {
    differences.add(difference);
  }

  /** Adds what came of another entity. */
  void add(StoreTally other) {
    entities += other.entities;
    values += other.values;
    incomplete += other.incomplete;
    behind += other.behind;
    differences.addAll(other.differences);
  }

  /** Whether there is nothing that another look might change. */
  boolean isSettled() {
    return differences.isEmpty() && behind == 0;
  }

  List<Difference> differences() {
    return differences;
  }

  long entities() {
    return entities;
  }

  long values() {
    return values;
  }

  long incompleteValues() {
    return incomplete;
  }

  long entitiesBehind() {
    return behind;
  }
}
