// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** Tells a reader that the partitions that exist have been given out: it has all of its own. */
record AssignmentKnownEvent() implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
