// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static java.util.Objects.requireNonNull;

import io.tailwater.sinks.iceberg.SnapshotCompleteness;
import io.tailwater.sinks.iceberg.SnapshotWatermark;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a run's range in one commit: its files come in, and the rows of the range go that were
 * there when it began. Rows that were appended meanwhile stay, compacted or not, and so do those of
 * other instants that share a file with replaced ones. Either all of it can be seen or nothing.
 *
 * <p>Not thread-safe; several processes may replace ranges of one table.
 */
final class RangeReplacer {
  private static final Logger LOG = LoggerFactory.getLogger(RangeReplacer.class);

  /** A plan fails only if, while a few files are copied, a compaction gets hold of one of them. */
  private static final int MAX_PLANS = 10;

  private final Table table;
  private final ReplaceRun run;
  private final Runnable beforeCommit;

  RangeReplacer(Table table, ReplaceRun run) {
    this(table, run, () -> {});
  }

  /**
   * @param beforeCommit called between each plan and its commit: for tests
   */
  RangeReplacer(Table table, ReplaceRun run, Runnable beforeCommit) {
    this.table = table;
    this.run = run;
    this.beforeCommit = beforeCommit;
  }

  /**
   * Commits the run with its files, unless it has been committed.
   *
   * @throws ReplaceConflictException if it is open what would be right; nothing has changed then
   */
  void replaceBy(List<DataFile> files) throws IOException {
    ValidationException outdated = null;
    for (int plans = 0; plans < MAX_PLANS; plans++) {
      table.refresh();
      TableHistory history = TableHistory.since(table, run);
      if (history.holds(run)) {
        LOG.info("Run {} has been committed to {} already", run.id(), table.name());
        return;
      }
      outdated = tryToCommit(ReplacePlan.of(table, history, run), files);
      if (outdated == null) {
        return;
      }
      LOG.info("{} has changed meanwhile: the commit is planned again", table.name(), outdated);
    }
    throw new ReplaceConflictException(
        table.name(),
        "it changed each time while the commit was prepared, the last time: "
            + requireNonNull(outdated).getMessage(),
        outdated);
  }

  private @Nullable ValidationException tryToCommit(ReplacePlan plan, List<DataFile> files)
      throws IOException {
    RowCopier copier = new RowCopier(table);
    boolean copiesMayBeInTable = false;
    try {
      copier.copy(plan.boundary(), micros -> !run.range().containsMicros(micros));
      copier.copy(plan.later(), run.range()::containsMicros);
      beforeCommit.run();
      copiesMayBeInTable = true;
      overwrite(plan, files, copier.written()).commit();
      return null;
    } catch (ValidationException e) {
      copiesMayBeInTable = false;
      return e;
    } catch (CommitFailedException e) {
      copiesMayBeInTable = false;
      throw e;
    } finally {
      if (!copiesMayBeInTable) {
        copier.discard();
      }
    }
  }

  private OverwriteFiles overwrite(ReplacePlan plan, List<DataFile> files, List<DataFile> copies) {
    OverwriteFiles overwrite =
        table
            .newOverwrite()
            .validateNoConflictingDeletes()
            .validateWith(new NothingCameBetween(plan, run));
    if (plan.snapshotId() != null) {
      overwrite.validateFromSnapshot(plan.snapshotId());
    }
    plan.removed().forEach(overwrite::deleteFile);
    files.forEach(overwrite::addFile);
    copies.forEach(overwrite::addFile);
    RunSummary.of(run).forEach(overwrite::set);
    Map<String, Long> before = SnapshotCompleteness.of(table, plan.snapshotId());
    Map<String, Long> after =
        SnapshotCompleteness.afterReplacement(
            before, run.range().from(), run.range().to(), run.completeFrom());
    if (!after.equals(before)) {
      overwrite.set(SnapshotCompleteness.PROPERTY, SnapshotCompleteness.text(after));
    }
    plan.watermark()
        .ifPresent(mark -> overwrite.set(SnapshotWatermark.PROPERTY, Long.toString(mark)));
    return overwrite;
  }
}
