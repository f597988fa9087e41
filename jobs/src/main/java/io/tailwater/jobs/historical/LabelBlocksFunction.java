// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.definitions.model.JoinKey;
import io.tailwater.jobs.historical.join.Block;
import io.tailwater.jobs.historical.join.LabelBlocks;
import io.tailwater.jobs.historical.labels.BadLabelException;
import io.tailwater.jobs.historical.labels.LabelCursor;
import io.tailwater.jobs.historical.labels.Labels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Reads all labels, whatever it is given, and hands them out in blocks for each of the joins. */
final class LabelBlocksFunction implements FlatMapFunction<Long, Block> {
  private static final long serialVersionUID = 1L;

  private final Labels labels;
  private final TrainingSetPlan plan;
  private final int partitions;

  LabelBlocksFunction(Labels labels, TrainingSetPlan plan, int partitions) {
    this.labels = labels;
    this.plan = plan;
    this.partitions = partitions;
  }

  @Override
  public void flatMap(Long start, Collector<Block> out) throws Exception {
    List<LabelBlocks> blocks = new ArrayList<>();
    for (TrainingSetPlan.Join join : plan.joins()) {
      blocks.add(
          new LabelBlocks(
              blocks.size(), join.keys().stream().map(JoinKey::type).toList(), partitions));
    }
    long row = 0;
    try (LabelCursor cursor = labels.open(plan.fields(), false)) {
      while (cursor.next()) {
        add(cursor, (int) (row % Block.ROWS), blocks);
        row++;
        if (row % Block.ROWS == 0) {
          end(row / Block.ROWS - 1, blocks, out);
        }
      }
    }
    if (row % Block.ROWS != 0) {
      end(row / Block.ROWS, blocks, out);
    }
  }

  private void add(LabelCursor cursor, int row, List<LabelBlocks> blocks)
      throws IOException, BadLabelException {
    for (int i = 0; i < blocks.size(); i++) {
      TrainingSetPlan.Join join = plan.joins().get(i);
      @Nullable Object[] key = new @Nullable Object[join.keys().size()];
      for (int part = 0; part < key.length; part++) {
        key[part] = cursor.value(join.firstField() + part);
      }
      blocks.get(i).add(row, key, cursor.instant());
    }
  }

  private static void end(long chunk, List<LabelBlocks> blocks, Collector<Block> out) {
    blocks.forEach(own -> own.end(chunk, out::collect));
  }
}
