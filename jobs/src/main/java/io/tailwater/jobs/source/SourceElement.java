// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What flows from a source's reader to its {@link ProgressOperator}: events, and facts about its
 * partitions, in one order. A fact holds for the events before it.
 *
 * @param kind which of the variants
 * @param partition the partition it concerns; 0 in a file
 * @param number an event's offset, from which the partition's next one is read; the instant of
 *     which {@link Kind#CAUGHT_UP} holds, milliseconds since the epoch; else 0
 * @param event null if and only if it is a fact
 */
record SourceElement(Kind kind, int partition, long number, @Nullable SourceEvent event) {
  enum Kind {
    /** A record of a partition. */
    EVENT(1),
    /** This subtask reads the partition from here on. */
    PARTITION_ADDED(2),
    /** The partition has been read to the end of a bounded source. */
    PARTITION_FINISHED(3),
    /** All that the partition held at an instant stands before this. */
    CAUGHT_UP(4),
    /** The partitions that exist have found their subtasks. */
    ASSIGNMENT_KNOWN(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** What stands for the kind in bytes. */
    int code() {
      return code;
    }

    static Kind ofCode(int code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("A source element of kind " + code);
    }
  }

  static SourceElement event(int partition, long offset, SourceEvent event) {
    return new SourceElement(Kind.EVENT, partition, offset, event);
  }

  /**
   * @param offset of the next record; negative for the partition's beginning
   */
  static SourceElement partitionAdded(int partition, long offset) {
    return new SourceElement(Kind.PARTITION_ADDED, partition, offset, null);
  }

  static SourceElement partitionFinished(int partition) {
    return new SourceElement(Kind.PARTITION_FINISHED, partition, 0, null);
  }

  static SourceElement caughtUp(int partition, long asOf) {
    return new SourceElement(Kind.CAUGHT_UP, partition, asOf, null);
  }

  static SourceElement assignmentKnown() {
    return new SourceElement(Kind.ASSIGNMENT_KNOWN, 0, 0, null);
  }
}
