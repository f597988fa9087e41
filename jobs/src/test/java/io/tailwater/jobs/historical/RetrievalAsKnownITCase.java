// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.Await;
import io.tailwater.stores.OfflineRow;
import java.time.Instant;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

/** Training sets of what was known at an instant: the snapshots and rows of then. */
class RetrievalAsKnownITCase extends RetrievalOnTables {
  private static final long HOUR = 3_600_000;

  @Test
  void readsWhatWasKnown() throws Exception {
    Table table = tables.table("profile");
    tables.append("profile", row(1, T, T, 10));
    long first = commit(table);
    tables.append("profile", row(1, T, first + 3_600_000, 11));
    long second = commit(table);
    tables.append("profile", row(1, T + 1, T + 1, 12));
    long third = commit(table);
    labels("customer_id,event_timestamp", "1,2026-01-15T12:00:00.001Z");

    retrieve("profile:score");
    assertThat(output()).endsWith("1,2026-01-15T12:00:00.001Z,12");
    known(third);
    assertThat(output()).as("all").endsWith("1,2026-01-15T12:00:00.001Z,12");
    known(second);
    assertThat(output()).as("a row created later").endsWith("1,2026-01-15T12:00:00.001Z,10");
    known(first);
    assertThat(output()).endsWith("1,2026-01-15T12:00:00.001Z,10");
    RetrievalSummary summary = known(first - 1);
    assertThat(output()).as("before any").endsWith("1,2026-01-15T12:00:00.001Z,");
    assertThat(summary.views()).containsExactly(new RetrievalSummary.View("profile", 1, false));
    summary =
        retrieve(
            b -> b.features(features("limits:limit_amount")).asKnownAt(Instant.now()),
            "account_id,event_timestamp",
            "x,2026-01-15");
    assertThat(summary.views()).containsExactly(new RetrievalSummary.View("limits", 1, false));

    table.refresh();
    table
        .expireSnapshots()
        .expireSnapshotId(table.snapshot(table.currentSnapshot().parentId()).parentId())
        .commit();
    labels("customer_id,event_timestamp", "1,2026-01-15T12:00:00.001Z");
    assertThatThrownBy(() -> known(first))
        .hasMessageContaining("the snapshot that was current at " + Instant.ofEpochMilli(first))
        .hasMessageContaining(
            "has expired; the oldest one that is left is of " + Instant.ofEpochMilli(second));
    known(second);
    assertThat(output()).endsWith("1,2026-01-15T12:00:00.001Z,10");
  }

  @Test
  void viewsOfOneKeyAreEachReadAsTheyWereKnown() throws Exception {
    tables.append("profile", row(1, T, T, 10));
    long profile = commit(tables.table("profile"));
    Await.until(() -> "a later millisecond", () -> System.currentTimeMillis() > profile + 1);
    tables.append("everything", everything(T, 1));
    long first = commit(tables.table("everything"));
    tables.append("everything", everything(first + HOUR, 2));
    long second = commit(tables.table("everything"));
    labels("customer_id,event_timestamp", "1,2026-01-15T12:00:00Z", "2,2026-01-15T12:00:00Z");

    RetrievalSummary summary = bothKnown(profile);
    assertThat(output())
        .as("one table had rows already, the other one none")
        .endsWith("1,2026-01-15T12:00:00Z,10,", "2,2026-01-15T12:00:00Z,,");
    assertThat(summary.views())
        .containsExactly(
            new RetrievalSummary.View("profile", 1, true),
            new RetrievalSummary.View("everything", 2, false));
    summary = bothKnown(first);
    assertThat(output()).contains("1,2026-01-15T12:00:00Z,10,1");
    assertThat(summary.views())
        .containsExactly(
            new RetrievalSummary.View("profile", 1, true),
            new RetrievalSummary.View("everything", 1, true));
    bothKnown(second);
    assertThat(output()).as("a row created later").contains("1,2026-01-15T12:00:00Z,10,1");
    retrieve("profile:score", "everything:small");
    assertThat(output()).as("by now").contains("1,2026-01-15T12:00:00Z,10,2");
  }

  private RetrievalSummary bothKnown(long millis) throws Exception {
    return retrieve(
        builder ->
            builder
                .features(features("profile:score", "everything:small"))
                .asKnownAt(Instant.ofEpochMilli(millis)));
  }

  private static OfflineRow everything(long created, int small) {
    return new OfflineRow(
        new Object[] {1L}, T, created, new Object[] {null, small, null, null, null, null, null});
  }

  private long commit(Table table) {
    table.refresh();
    return table.currentSnapshot().timestampMillis();
  }

  private RetrievalSummary known(long millis) throws Exception {
    return retrieve(
        builder ->
            builder.features(features("profile:score")).asKnownAt(Instant.ofEpochMilli(millis)));
  }
}
