// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;

/** A program that commits one made-up data file after the other. */
final class AppendingProcess {
  static final FeatureView VIEW =
      TestViews.view("behavior", List.of(ValueType.INT64), List.of(ValueType.INT64));

  private AppendingProcess() {}

  public static void main(String[] args) throws Exception {
    try (OpenCatalog catalog = OpenCatalog.of(IcebergCatalogs.loader(args[0], Map.of()))) {
      Table table = OfflineTables.createOrEvolve(catalog.catalog(), "retail", VIEW);
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        table
            .newAppend()
            .appendFile(
                DataFiles.builder(table.spec())
                    .withPath("file:///nowhere/%s-%d.parquet".formatted(args[1], i))
                    .withFormat(FileFormat.PARQUET)
                    .withPartitionPath("event_timestamp_day=2026-01-01")
                    .withFileSizeInBytes(1)
                    .withRecordCount(1)
                    .build())
            .commit();
      }
    }
  }
}
