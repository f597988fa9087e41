// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an offline table as vectors of the online store. Their generation is 0, so that a running
 * stream, which has come to the same instant, wins; among themselves the one created last does: its
 * created timestamp stands in the place of the number of events.
 */
final class CurrentVectors extends RichMapFunction<OfflineRow, OnlineVector> {
  private static final long serialVersionUID = 1L;
  private static final long GENERATION = 0;

  private final String view;
  private final @Nullable Long knownUntil;
  private transient @Nullable LongCounter vectors;

  /**
   * @param knownUntil the instant, in milliseconds, up to which the table says when a row steps by
   *     itself; null if its rows do not
   */
  CurrentVectors(String view, @Nullable Long knownUntil) {
    this.view = view;
    this.knownUntil = knownUntil;
  }

  @Override
  public void open(OpenContext context) {
    vectors = Count.VECTORS.register(view, getRuntimeContext());
  }

  @Override
  public OnlineVector map(OfflineRow row) {
    requireNonNull(vectors, "not open").add(1L);
    return new OnlineVector(
        row.key(),
        row.eventTimestamp(),
        validUntil(row.eventTimestamp()),
        GENERATION,
        row.createdTimestamp(),
        row.values());
  }

  /**
   * A row holds until the entity's next one, and there is none up to the instant that is known.
   * What comes after is not: from then on a reader shall not take it for fresh.
   */
  private long validUntil(long asOf) {
    return knownUntil == null ? OnlineVector.FOREVER : Math.max(asOf, knownUntil) + 1;
  }
}
