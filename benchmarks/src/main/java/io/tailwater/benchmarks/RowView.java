// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.io.Serializable;

/** Where things stand in a contender's rows. */
interface RowView<T> extends Serializable {
  long customer(T row);

  /** Milliseconds since the epoch. */
  long instant(T row);

  /**
   * Count, sum and average of each window; not null, since windows of checked rows are not empty.
   */
  Object[] values(T row);
}
