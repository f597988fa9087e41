// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

/**
 * Many labels, rows or answers in one element on their way between two tasks: per element Flink's
 * cost is that of many rows' bytes.
 *
 * @param stream which of the streams of its kind: an entity's index for labels and answers, a
 *     view's index among those of its entity for rows
 * @param partition which subtask of the join it is for; with answers, which one it is from
 * @param chunk which labels, with labels and answers: those from {@code chunk} times {@link #ROWS}
 * @param bytes the contents, in the form that its maker describes
 */
public record Block(int stream, int partition, long chunk, byte[] bytes) {
  /** How many labels a chunk has; the last one may have fewer. */
  public static final int ROWS = 4096;

  /** How many chunks there are for {@code rows} labels. */
  public static long chunks(long rows) {
    return (rows + ROWS - 1) / ROWS;
  }
}
