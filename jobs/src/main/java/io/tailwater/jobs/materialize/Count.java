// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import java.util.Locale;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** What is counted of a view that is materialized, as Flink accumulators. */
public enum Count {
  /** Rows that the query gave, or that were read of the offline table of a view over events. */
  READ,
  /** Rows of the query that went into the offline table: new ones and corrections. */
  WRITTEN,
  /** Rows of the query that the offline table had already. */
  UNCHANGED,
  /** Rows of the query with the key and the event timestamp of another one. */
  DUPLICATE,
  /** Rows of the query that became dead letters. */
  REFUSED,
  /** Vectors offered to the online store, one an entity. */
  VECTORS;

  /** The count as reports spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String accumulator(String view) {
    return "tailwater.materialize.%s.%s".formatted(view, label());
  }

  /** Makes a counter known; to be called once in each operator that counts this. */
  LongCounter register(String view, RuntimeContext context) {
    LongCounter counter = new LongCounter();
    context.addAccumulator(accumulator(view), counter);
    return counter;
  }
}
