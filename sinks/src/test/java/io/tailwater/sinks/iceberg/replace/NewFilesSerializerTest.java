// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFilesSerializerTest {
  private static final long START = 20_454 * OneTable.DAY;

  @TempDir Path warehouse;

  @Test
  void filesComeBackAndCanBeCommitted() throws IOException {
    try (OneTable table = OneTable.in(warehouse)) {
      List<Row> rows = new ArrayList<>();
      for (int day = 0; day < 3; day++) {
        rows.add(new Row(day, START + day * OneTable.DAY, 5, day));
      }
      List<DataFile> files = table.write(rows);
      NewFilesSerializer serializer = new NewFilesSerializer(table.table().specs());

      NewFiles read =
          serializer.deserialize(
              serializer.getVersion(), serializer.serialize(new NewFiles(files)));

      for (int i = 0; i < files.size(); i++) {
        assertThat(read.files().get(i))
            .usingRecursiveComparison()
            .comparingOnlyFields(
                "filePath", "recordCount", "fileSizeInBytes", "lowerBounds", "upperBounds")
            .isEqualTo(files.get(i));
      }
      AppendFiles append = table.table().newAppend();
      read.files().forEach(append::appendFile);
      append.commit();
      assertThat(table.rows()).isEqualTo(rows);
    }
  }

  @Test
  void anUnknownFormatIsRefused() throws IOException {
    try (OneTable table = OneTable.in(warehouse)) {
      NewFilesSerializer serializer = new NewFilesSerializer(table.table().specs());
      byte[] bytes = serializer.serialize(new NewFiles(List.of()));

      assertThatThrownBy(() -> serializer.deserialize(2, bytes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("format 2");
      assertThat(serializer.deserialize(1, bytes).files()).isEmpty();
    }
  }
}
