// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a record that was sent to its source's topic once more: UTF-8 text. */
public final class ReplayHeaders {
  /** Where the record stood that a producer had sent: {@code topic/partition/offset}. */
  public static final String ORIGIN = "tailwater.replay.origin";

  /** How often it has been replayed: 1 for the first time. */
  public static final String COUNT = "tailwater.replay.count";

  private ReplayHeaders() {}

  static Headers of(ReplayedRecord replay) {
    return new RecordHeaders()
        .add(ORIGIN, replay.origin().getBytes(UTF_8))
        .add(COUNT, Integer.toString(replay.count()).getBytes(UTF_8));
  }
}
