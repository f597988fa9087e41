// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import org.apache.calcite.sql.parser.SqlParserPos;

/** Positions of the parser, which counts lines and columns from 1, as indexes into the text. */
final class Positions {
  private Positions() {}

  static int indexOf(String sql, SqlParserPos position) {
    return indexOf(sql, position.getLineNum(), position.getColumnNum());
  }

  static int indexOf(String sql, int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = sql.indexOf('\n', start) + 1;
    }
    return Math.max(0, Math.min(start + column - 1, sql.length() - 1));
  }
}
