// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/** What a run leaves in the summary of its snapshot: who it was and what it replaced. */
final class RunSummary {
  private static final String RUN_ID = "tailwater.backfill.run-id";
  private static final String FROM = "tailwater.backfill.from";
  private static final String TO = "tailwater.backfill.to";

  private RunSummary() {}

  static Map<String, String> of(ReplaceRun run) {
    return Map.of(
        RUN_ID,
        run.id(),
        FROM,
        Long.toString(run.range().from()),
        TO,
        Long.toString(run.range().to()));
  }

  static boolean isOf(ReplaceRun run, Snapshot snapshot) {
    return run.id().equals(snapshot.summary().get(RUN_ID));
  }

  /** What a run replaced with this snapshot; null if no run made it. */
  static @Nullable InstantRange range(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return summary.containsKey(RUN_ID)
        ? new InstantRange(instant(summary, FROM), instant(summary, TO))
        : null;
  }

  private static long instant(Map<String, String> summary, String property) {
    return Long.parseLong(requireNonNull(summary.get(property), property));
  }
}
