// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.List;

/** An offline table is not what the definition says; the message lists every difference. */
public final class SchemaMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SchemaMismatchException(String table, List<String> differences) {
    super(
        "The offline table %s does not match its definition:%n  - %s%nChange the definition back, give the view another name, or drop the table"
            .formatted(table, String.join("%n  - ".formatted(), differences)));
  }
}
