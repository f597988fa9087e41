// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.nio.file.Path;
import java.util.List;

/**
 * A program that appends rows of the day's noon, or replaces an hour of that day by a row, so many
 * times. Arguments: the warehouse, {@code append} or the hour, how many times.
 */
final class ReplacingProcess {
  static final long DAY = 20_454 * OneTable.DAY;
  static final long HOUR = OneTable.DAY / 24;
  static final int NOON = 12;

  private ReplacingProcess() {}

  public static void main(String[] args) throws Exception {
    try (OneTable table = OneTable.in(Path.of(args[0]))) {
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        if (args[1].equals("append")) {
          table.append(List.of(row(NOON, i)));
        } else {
          int hour = Integer.parseInt(args[1]);
          long from = DAY + hour * HOUR;
          table.replace(table.run(from, from + HOUR - 1), List.of(row(hour, i)));
        }
      }
    }
  }

  private static Row row(int hour, int number) {
    return new Row(hour, DAY + hour * HOUR, 1, number);
  }
}
