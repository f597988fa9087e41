// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.evolution.Widening;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import io.tailwater.stores.offline.OfflineSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan allows is what Iceberg's tables allow. */
class WideningTest {
  private static final List<ValueType> TYPES =
      List.of(
          ValueType.BOOL,
          ValueType.INT32,
          ValueType.INT64,
          ValueType.FLOAT,
          ValueType.DOUBLE,
          ValueType.decimal(10, 2),
          ValueType.decimal(12, 2),
          ValueType.decimal(12, 3),
          ValueType.STRING,
          ValueType.BYTES,
          ValueType.TIMESTAMP,
          ValueType.arrayOf(ValueType.INT32),
          ValueType.arrayOf(ValueType.INT64),
          ValueType.arrayOf(ValueType.STRING),
          ValueType.mapOf(ValueType.INT32),
          ValueType.mapOf(ValueType.FLOAT),
          ValueType.mapOf(ValueType.DOUBLE));

  @TempDir Path warehouse;

  @Test
  void ofAnyTypeToAnyOther() throws IOException {
    FeatureView view = TestViews.view("behavior", List.of(ValueType.INT64), TYPES);
    try (OpenCatalog catalog =
        OpenCatalog.of(IcebergCatalogs.loader(warehouse.toString(), Map.of()))) {
      Table table = OfflineTables.createOrEvolve(catalog.catalog(), "retail", view);
      for (ValueType to : TYPES) {
        FeatureView allOfIt =
            TestViews.view(
                "behavior", List.of(ValueType.INT64), TYPES.stream().map(type -> to).toList());

        List<String> problems =
            TableEvolution.of(table, IcebergSchemas.schema(OfflineSchema.of(allOfIt)), Map.of())
                .problems();

        for (int from = 0; from < TYPES.size(); from++) {
          String column = "column 'f%d' ".formatted(from);
          assertThat(problems.stream().noneMatch(problem -> problem.startsWith(column)))
              .as("%s to %s", TYPES.get(from), to)
              .isEqualTo(Widening.isAllowed(TYPES.get(from), to));
        }
      }
    }
  }
}
