// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static java.util.Objects.requireNonNull;

import io.tailwater.jobs.historical.join.Block;
import io.tailwater.jobs.historical.labels.Labels;
import java.io.File;
import java.io.IOException;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Puts the answers of all joins together, computes the features and writes the training set in the
 * order of the labels. There is one of it. The accumulator {@link RetrievalSummary#ACCUMULATOR}
 * holds what it has written.
 */
final class TrainingSetOperator extends AbstractStreamOperator<Block>
    implements OneInputStreamOperator<Block, Block>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** How many bytes of answers wait in memory. */
  private static final long MEMORY = 64L << 20;

  private final TrainingSetPlan plan;
  private final Labels labels;
  private final long rows;
  private final int blocksPerChunk;
  private final String path;
  private transient @Nullable ChunkStore chunks;
  private transient @Nullable TrainingSetAssembly assembly;
  private transient long next;

  /**
   * @param rows how many labels there are
   * @param joinParallelism how many subtasks answer for each join
   * @param path where the training set goes
   */
  TrainingSetOperator(
      TrainingSetPlan plan, Labels labels, long rows, int joinParallelism, String path) {
    this.plan = plan;
    this.labels = labels;
    this.rows = rows;
    this.blocksPerChunk = plan.joins().size() * joinParallelism;
    this.path = path;
  }

  @Override
  public void open() throws Exception {
    super.open();
    File directory =
        getContainingTask().getEnvironment().getIOManager().getSpillingDirectories()[0];
    chunks = new ChunkStore(MEMORY, blocksPerChunk, directory);
    String attempt = getRuntimeContext().getJobInfo().getJobId().toString();
    assembly = TrainingSetAssembly.open(plan, labels, path, attempt);
    next = 0;
  }

  @Override
  public void processElement(StreamRecord<Block> answers) throws Exception {
    ChunkStore waiting = requireNonNull(chunks, "not open");
    waiting.add(answers.getValue());
    while (waiting.isComplete(next)) {
      write();
    }
  }

  @Override
  public void endInput() throws Exception {
    while (next < Block.chunks(rows)) {
      if (!requireNonNull(chunks, "not open").isComplete(next) && blocksPerChunk > 0) {
        throw new IOException(
            "%s: there are fewer labels than the %d before; do not change them while they are read"
                .formatted(labels.name(), rows));
      }
      write();
    }
    ListAccumulator<String> accumulator = new ListAccumulator<>();
    getRuntimeContext().addAccumulator(RetrievalSummary.ACCUMULATOR, accumulator);
    accumulator.add(requireNonNull(assembly, "not open").finish());
  }

  private void write() throws Exception {
    int count = (int) Math.min(Block.ROWS, rows - next * Block.ROWS);
    requireNonNull(assembly, "not open")
        .write(requireNonNull(chunks, "not open").remove(next), count);
    next++;
  }

  @Override
  public void close() throws Exception {
    // Nothing is left behind, whether the job has come to its end or not.
    IOUtils.closeAll(assembly, chunks);
    super.close();
  }
}
