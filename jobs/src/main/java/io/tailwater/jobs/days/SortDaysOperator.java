// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.days;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.OfflineRow;
import java.util.List;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.memory.MemoryManager;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Keeps the rows until the input's end, in managed memory and on disk, and gives them sorted. */
final class SortDaysOperator extends AbstractStreamOperator<OfflineRow>
    implements OneInputStreamOperator<byte[], OfflineRow>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final DayRows codec;
  private transient @Nullable List<MemorySegment> memory;
  private transient @Nullable DayRuns runs;

  SortDaysOperator(DayRows codec) {
    this.codec = codec;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Environment task = getContainingTask().getEnvironment();
    MemoryManager manager = task.getMemoryManager();
    int pages =
        manager.computeNumberOfPages(
            getOperatorConfig()
                .getManagedMemoryFractionOperatorUseCaseOfSlot(
                    ManagedMemoryUseCase.OPERATOR,
                    task.getJobConfiguration(),
                    task.getTaskManagerInfo().getConfiguration(),
                    task.getUserCodeClassLoader().asClassLoader()));
    memory = manager.allocatePages(getContainingTask(), pages);
    runs =
        new DayRuns(
            memory,
            manager.getPageSize(),
            task.getIOManager().createChannel().getPathFile().toPath());
  }

  @Override
  public void processElement(StreamRecord<byte[]> row) throws Exception {
    requireNonNull(runs).add(row.getValue());
  }

  @Override
  public void endInput() throws Exception {
    StreamRecord<OfflineRow> record = new StreamRecord<>(null);
    requireNonNull(runs)
        .drain(
            bytes -> {
              OfflineRow row = codec.decode(bytes);
              output.collect(record.replace(row, row.eventTimestamp()));
            });
  }

  @Override
  public void close() throws Exception {
    try {
      if (runs != null) {
        runs.close();
      }
    } finally {
      if (memory != null) {
        getContainingTask().getEnvironment().getMemoryManager().release(memory);
      }
      super.close();
    }
  }
}
