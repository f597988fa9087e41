// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;

/** Lets Iceberg's committer commit, and its table know the watermark meanwhile. */
@SuppressWarnings("try") // close() may throw anything, as Iceberg's committer declares
final class WatermarkCommitter<C> implements Committer<Watermarked<C>> {
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
    boolean ended = false;
    List<CommitRequest<C>> unwrapped = new ArrayList<>();
    for (CommitRequest<Watermarked<C>> request : requests) {
      watermark = Math.max(watermark, request.getCommittable().watermark());
      ended |= request.getCommittable().ended();
      unwrapped.add(new UnwrappedRequest<>(request));
    }
    tables.watermark(watermark);
    iceberg.commit(unwrapped);
    if (ended) {
      tables.recordWatermark();
    }
  }

  @Override
  public void close() throws Exception {
    iceberg.close();
  }
}
