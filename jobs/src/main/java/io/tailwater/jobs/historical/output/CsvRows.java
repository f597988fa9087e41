// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.jobs.historical.labels.BadLabelException;
import io.tailwater.jobs.historical.labels.LabelCursor;
import io.tailwater.jobs.historical.labels.Labels;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Rows of a training set in CSV: labels that came as CSV stay as they were written. */
final class CsvRows implements TrainingSet.Rows {
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final Type[] labelTypes;
  private final ValueType[] types;
  private final StringBuilder text = new StringBuilder();

  CsvRows(OutputStream file, Labels labels, List<Field> needed, List<FeatureColumn> features)
      throws IOException {
    this.out = new BufferedOutputStream(file, BUFFER);
    this.labelTypes =
        labels.schema(needed).columns().stream().map(Types.NestedField::type).toArray(Type[]::new);
    this.types = features.stream().map(FeatureColumn::type).toArray(ValueType[]::new);
    byte[] header = labels.csvHeader();
    if (header == null) {
      labels.columns().forEach(name -> CsvText.append(separated(), name));
    } else {
      out.write(header);
    }
    for (FeatureColumn feature : features) {
      CsvText.append(text.append(','), feature.name());
    }
    endLine();
  }

  @Override
  public void write(LabelCursor label, @Nullable Object[] features)
      throws IOException, BadLabelException {
    byte[] csv = label.csv();
    if (csv != null) {
      out.write(csv);
    } else {
      for (int i = 0; i < labelTypes.length; i++) {
        Object value = label.column(i);
        if (i > 0) {
          text.append(',');
        }
        if (value != null) {
          CsvText.append(text, GenericText.of(labelTypes[i], value));
        }
      }
    }
    for (int i = 0; i < types.length; i++) {
      text.append(',');
      Object value = features[i];
      if (value != null) {
        CsvText.append(text, FeatureText.of(types[i], value));
      }
    }
    endLine();
  }

  private StringBuilder separated() {
    return text.length() == 0 ? text : text.append(',');
  }

  private void endLine() throws IOException {
    text.append('\n');
    out.write(text.toString().getBytes(UTF_8));
    text.setLength(0);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
