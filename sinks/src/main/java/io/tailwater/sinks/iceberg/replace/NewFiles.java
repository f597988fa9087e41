// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.util.List;
import org.apache.iceberg.DataFile;

/** Complete data files that are not in the table yet. */
record NewFiles(List<DataFile> files) {
  NewFiles {
    files = List.copyOf(files);
  }
}
