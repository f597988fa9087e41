// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Puts what names stand for in their places. */
final class Expansion extends SqlShuttle {
  private final Map<String, SqlNode> meanings;

  Expansion(Map<String, SqlNode> meanings) {
    this.meanings = meanings;
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier identifier) {
    SqlNode meaning = identifier.isSimple() ? meanings.get(identifier.getSimple()) : null;
    return meaning == null ? identifier : meaning.clone(SqlParserPos.ZERO);
  }
}
