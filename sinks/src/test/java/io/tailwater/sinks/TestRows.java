// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks;

import io.tailwater.stores.OfflineRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Rows in a form that {@code equals} compares by content. */
public final class TestRows {
  private TestRows() {}

  /** Key, instants and values one after the other, of each row. */
  public static List<List<Object>> contents(List<OfflineRow> rows) {
    return rows.stream().map(TestRows::content).toList();
  }

  private static List<Object> content(OfflineRow row) {
    List<Object> content = new ArrayList<>();
    add(row.key(), content);
    content.add(row.eventTimestamp());
    content.add(row.createdTimestamp());
    add(row.values(), content);
    return content;
  }

  private static void add(Object[] values, List<Object> content) {
    for (Object value : values) {
      content.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
    }
  }
}
