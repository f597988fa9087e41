// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.flink.TableLoader;

/** Replaces the range by the files of all requests, of which there is one a run. */
final class ReplacingCommitter implements Committer<NewFiles> {
  private final TableLoader tables;
  private final ReplaceRun run;

  ReplacingCommitter(TableLoader tables, ReplaceRun run) {
    this.tables = tables;
    this.run = run;
    tables.open();
  }

  @Override
  public void commit(Collection<CommitRequest<NewFiles>> requests) throws IOException {
    if (requests.isEmpty()) {
      return;
    }
    List<DataFile> files = new ArrayList<>();
    requests.forEach(request -> files.addAll(request.getCommittable().files()));
    new RangeReplacer(tables.loadTable(), run).replaceBy(files);
  }

  @Override
  public void close() throws IOException {
    tables.close();
  }
}
