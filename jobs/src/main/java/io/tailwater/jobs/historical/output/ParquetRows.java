// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

import io.tailwater.aggregation.ValueType;
import io.tailwater.jobs.historical.labels.BadLabelException;
import io.tailwater.jobs.historical.labels.LabelCursor;
import io.tailwater.sinks.iceberg.IcebergTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Rows of a training set in Parquet, compressed with zstd. */
final class ParquetRows implements TrainingSet.Rows {
  private final FileAppender<Record> file;
  private final GenericRecord record;
  private final int labelColumns;
  private final ValueType[] types;

  ParquetRows(OutputFile output, Schema labels, List<FeatureColumn> features) throws IOException {
    Schema schema = schema(labels, features);
    this.file =
        Parquet.write(output)
            .schema(schema)
            .named("training_set")
            .set(TableProperties.PARQUET_COMPRESSION, "zstd")
            .createWriterFunc(message -> GenericParquetWriter.create(schema, message))
            .overwrite()
            .build();
    this.record = GenericRecord.create(schema);
    this.labelColumns = labels.columns().size();
    this.types = features.stream().map(FeatureColumn::type).toArray(ValueType[]::new);
  }

  private static Schema schema(Schema labels, List<FeatureColumn> features) {
    List<Types.NestedField> fields = new ArrayList<>(labels.columns());
    for (FeatureColumn feature : features) {
      fields.add(Types.NestedField.optional(1, feature.name(), IcebergTypes.of(feature.type())));
    }
    // Columns from different places have the same ids; one by one they get new ones.
    AtomicInteger ids = new AtomicInteger();
    List<Types.NestedField> columns = new ArrayList<>();
    for (Types.NestedField field : fields) {
      Schema alone = new Schema(List.of(field));
      columns.addAll(TypeUtil.assignFreshIds(alone, ids::incrementAndGet).columns());
    }
    return new Schema(columns);
  }

  @Override
  public void write(LabelCursor label, @Nullable Object[] features) throws BadLabelException {
    for (int i = 0; i < labelColumns; i++) {
      record.set(i, label.column(i));
    }
    for (int i = 0; i < types.length; i++) {
      record.set(labelColumns + i, IcebergTypes.generic(types[i], features[i]));
    }
    file.add(record);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
