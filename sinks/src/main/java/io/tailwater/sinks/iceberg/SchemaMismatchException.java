// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.List;

/** An offline table cannot be what the definition says; the message lists every reason. */
public final class SchemaMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SchemaMismatchException(String table, List<String> differences) {
    super(
        "The offline table %s cannot be changed to its definition:%n  - %s%nElse change the definition back, give the view another name, or drop the table"
            .formatted(table, String.join("%n  - ".formatted(), differences)));
  }
}
