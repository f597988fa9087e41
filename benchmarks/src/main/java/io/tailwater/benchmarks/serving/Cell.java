// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One point on the axes.
 *
 * @param service what is asked for
 * @param rows of how many entities
 * @param rate requests a second
 */
record Cell(String service, int rows, int rate) {
  private static final Pattern TEXT = Pattern.compile("(wide|\\d+)x(\\d+)@(\\d+)");

  /** A cell written as {@code 50x10@100}: 50 features of 10 entities, 100 times a second. */
  static Cell parse(String text) {
    Matcher cell = TEXT.matcher(text);
    if (!cell.matches()) {
      throw new IllegalArgumentException(
          "found '%s', expected FEATURESxENTITIES@RATE such as 50x10@100".formatted(text));
    }
    String features = cell.group(1);
    return new Cell(
        features.equals(FeatureShape.WIDE)
            ? FeatureShape.WIDE
            : FeatureShape.service(Integer.parseInt(features)),
        Integer.parseInt(cell.group(2)),
        Integer.parseInt(cell.group(3)));
  }

  Question question() {
    return new Question(service, rows);
  }
}
