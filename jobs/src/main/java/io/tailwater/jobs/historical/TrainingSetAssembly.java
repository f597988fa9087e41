// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.definitions.retrieval.RetrievalProgram;
import io.tailwater.jobs.historical.join.Answers;
import io.tailwater.jobs.historical.join.Block;
import io.tailwater.jobs.historical.labels.BadLabelException;
import io.tailwater.jobs.historical.labels.LabelCursor;
import io.tailwater.jobs.historical.labels.Labels;
import io.tailwater.jobs.historical.output.ColumnStatistics;
import io.tailwater.jobs.historical.output.FeatureColumn;
import io.tailwater.jobs.historical.output.TrainingSet;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes labels with their features, chunk by chunk, and counts. Not thread-safe. */
final class TrainingSetAssembly implements Closeable {
  private final TrainingSetPlan plan;
  private final Labels labels;
  private final LabelCursor cursor;
  private final TrainingSet output;
  private final List<Answers> answers = new ArrayList<>();
  private final RetrievalProgram program;
  private final @Nullable Object[] request;
  private final ColumnStatistics[] statistics;
  private final long[] unmatched;
  private long rows;

  private TrainingSetAssembly(
      TrainingSetPlan plan, Labels labels, LabelCursor cursor, TrainingSet output) {
    this.plan = plan;
    this.labels = labels;
    this.cursor = cursor;
    this.output = output;
    for (TrainingSetPlan.Join join : plan.joins()) {
      int[] places = join.views().stream().mapToInt(Integer::intValue).toArray();
      answers.add(new Answers(plan.viewsOf(join), places));
    }
    this.program = plan.retrieval().compile();
    this.request = new @Nullable Object[plan.retrieval().requestFields().size()];
    this.statistics =
        plan.columns().stream()
            .map(column -> new ColumnStatistics(column.type()))
            .toArray(ColumnStatistics[]::new);
    this.unmatched = new long[plan.views().size()];
  }

  /**
   * Begins.
   *
   * @param path where the training set goes
   * @param attempt makes the name of the unfinished file unique
   */
  static TrainingSetAssembly open(TrainingSetPlan plan, Labels labels, String path, String attempt)
      throws IOException {
    LabelCursor cursor = labels.open(plan.fields(), true);
    try {
      List<FeatureColumn> columns = plan.columns();
      TrainingSet output = TrainingSet.create(path, attempt, labels, plan.fields(), columns);
      return new TrainingSetAssembly(plan, labels, cursor, output);
    } catch (IOException | RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  /**
   * Writes the next labels.
   *
   * @param blocks all answers that they have got
   * @param count how many labels there are
   */
  void write(List<Block> blocks, int count) throws IOException, BadLabelException {
    @Nullable Object[] @Nullable [][] found = new @Nullable Object[count][plan.views().size()][];
    for (Block block : blocks) {
      answers.get(block.stream()).read(block, found);
    }
    for (int i = 0; i < count; i++) {
      if (!cursor.next()) {
        throw new IOException(
            "%s: there are fewer labels than before; do not change them while they are read"
                .formatted(labels.name()));
      }
      write(found[i]);
    }
  }

  private void write(@Nullable Object[] @Nullable [] found) throws IOException, BadLabelException {
    for (int view = 0; view < unmatched.length; view++) {
      unmatched[view] += found[view] == null ? 1 : 0;
    }
    for (int field = 0; field < request.length; field++) {
      request[field] = cursor.value(field);
    }
    @Nullable Object[] features = program.compute(found, request, cursor.instant());
    for (int i = 0; i < features.length; i++) {
      statistics[i].add(features[i]);
    }
    output.write(cursor, features);
    rows++;
  }

  /** There are no more labels: puts the training set in its place and tells what is in it. */
  String finish() throws IOException {
    if (cursor.next()) {
      throw new IOException(
          "%s: there are more labels than the %d before; do not change them while they are read"
              .formatted(labels.name(), rows));
    }
    output.finish();
    return new WrittenCounts(plan, rows, statistics, unmatched).json();
  }

  @Override
  public void close() throws IOException {
    try (cursor) {
      output.close();
    }
  }
}
