// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Iceberg's committer commit, and its table know the watermark meanwhile. What a stream
 * commits that a newer one has taken the table from is dropped, as the online store drops its
 * vectors.
 */
@SuppressWarnings("try") // close() may throw anything, as Iceberg's committer declares
final class WatermarkCommitter<C> implements Committer<Watermarked<C>> {
  private static final Logger LOG = LoggerFactory.getLogger(WatermarkCommitter.class);

  private final Committer<C> iceberg;
  private final WatermarkTableLoader tables;

  WatermarkCommitter(Committer<C> iceberg, WatermarkTableLoader tables) {
    this.iceberg = iceberg;
    this.tables = tables;
  }

  /**
   * Commits all of {@code requests} at once, as Iceberg does; the highest watermark is that of the
   * newest checkpoint. Iceberg makes no snapshot where no rows came, so the watermark waits for the
   * next rows; after the end there are none, and it gets a snapshot of its own.
   */
  @Override
  public void commit(Collection<CommitRequest<Watermarked<C>>> requests)
      throws IOException, InterruptedException {
    long watermark = Watermarked.NONE;
    long generation = Watermarked.NONE;
    boolean ended = false;
    List<CommitRequest<C>> unwrapped = new ArrayList<>();
    for (CommitRequest<Watermarked<C>> request : requests) {
      watermark = Math.max(watermark, request.getCommittable().watermark());
      generation = Math.max(generation, request.getCommittable().generation());
      ended |= request.getCommittable().ended();
      unwrapped.add(new UnwrappedRequest<>(request));
    }
    tables.record(watermark, generation);
    try {
      iceberg.commit(unwrapped);
      if (ended) {
        tables.recordWatermark();
      }
    } catch (SupersededException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  @Override
  public void close() throws Exception {
    iceberg.close();
  }
}
