// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import io.tailwater.definitions.model.JoinKey;
import java.io.Serializable;
import org.apache.iceberg.Schema;

/**
 * Makes {@link RowBlocks}.
 *
 * @param stream the view's number in its join
 * @param schema of the rows, see {@link RowBlocks}
 * @param knownAt rows created after it are left out, in milliseconds
 * @param partitions how many subtasks the join has
 */
record RowBlocksFactory(JoinedView view, int stream, Schema schema, long knownAt, int partitions)
    implements Serializable {
  RowBlocks create() {
    int keyCount = view.keys().size();
    return new RowBlocks(
        stream,
        new KeyCodec(view.keys().stream().map(JoinKey::type).toList()),
        keyCount,
        new StoredValues(view.types(), schema, keyCount + 2),
        knownAt,
        partitions);
  }
}
