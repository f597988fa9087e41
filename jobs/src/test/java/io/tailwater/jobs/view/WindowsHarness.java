// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.accounting.AccountingNames;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.sinks.types.OnlineVectorTypeInfo;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** One subtask of a view's windows in Flink's operator harness. */
final class WindowsHarness implements AutoCloseable {
  static final int MAX_PARALLELISM = 8;

  private static final long MANAGED_MEMORY = 3 << 20;

  /** The clock of every test: it stands still. */
  static final long NOW = 1_000_000;

  /** The operator's keyed states. */
  static final List<String> STATES = List.of("entity-v1", "chunks-v1", "ids-v1", "pages-v1");

  /** What a subtask is made of. */
  record Setup(
      FeatureView view, WindowSettings settings, StateBackend backend, int subtasks, int subtask) {
    /** An unbounded stream of generation 7, on the heap, in one subtask. */
    static Setup of(FeatureView view) {
      return new Setup(view, settings(7, WindowSettings.UNBOUNDED), Backend.HEAP.create(), 1, 0);
    }

    static WindowSettings settings(long generation, long endInstant) {
      return new WindowSettings(() -> NOW, generation, endInstant, false);
    }

    Setup withSettings(WindowSettings other) {
      return new Setup(view, other, backend, subtasks, subtask);
    }

    Setup on(StateBackend other) {
      return new Setup(view, settings, other, subtasks, subtask);
    }

    Setup asSubtask(int index, int of) {
      return new Setup(view, settings, backend, of, index);
    }

    WindowsHarness start() throws Exception {
      return restore(null);
    }

    WindowsHarness restore(@Nullable OperatorSubtaskState state) throws Exception {
      return new WindowsHarness(this, state);
    }
  }

  private final Setup setup;
  private final KeyedOneInputStreamOperatorTestHarness<EntityKey, ViewEvent, OnlineVector> harness;
  private final RecordedOutput output = new RecordedOutput();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private int checkpoints;

  private WindowsHarness(Setup setup, @Nullable OperatorSubtaskState state) throws Exception {
    this.setup = setup;
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityWindowOperator(setup.view(), setup.settings()),
            ViewEvent::key,
            new EntityKeyTypeInfo(setup.view()),
            environment(setup));
    harness.setStateBackend(setup.backend());
    harness.setOutputCreator(serializer -> output);
    harness.setup(
        OnlineVectorTypeInfo.of(setup.view())
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private MockEnvironment environment(Setup of) {
    return new MockEnvironmentBuilder()
        .setManagedMemorySize(MANAGED_MEMORY)
        .setMaxParallelism(MAX_PARALLELISM)
        .setParallelism(of.subtasks())
        .setSubtaskIndex(of.subtask())
        .setMetricGroup(metrics.taskGroup())
        .build();
  }

  static EntityKey key(long customer) {
    return new EntityKey(new Object[] {customer});
  }

  WindowsHarness event(long customer, long time, String id, Double amount) throws Exception {
    return event(
        new ViewEvent(
            0,
            key(customer),
            time,
            id.getBytes(UTF_8),
            TestViews.columns(setup.view(), amount),
            "orders/0/0",
            null,
            new byte[] {1}));
  }

  WindowsHarness event(ViewEvent event) throws Exception {
    harness.processElement(event, event.time());
    return this;
  }

  WindowsHarness watermark(long instant) throws Exception {
    harness.processWatermark(instant);
    return this;
  }

  /** The end of input. */
  WindowsHarness finish() throws Exception {
    harness.processWatermark(Long.MAX_VALUE);
    harness.endInput();
    harness.getOperator().finish();
    return this;
  }

  OperatorSubtaskState checkpoint() throws Exception {
    checkpoints++;
    harness.prepareSnapshotPreBarrier(checkpoints);
    return harness.snapshot(checkpoints, checkpoints);
  }

  /** The synchronous part of a checkpoint; the result does the rest, which Flink does aside. */
  Callable<OperatorSubtaskState> beginCheckpoint() throws Exception {
    checkpoints++;
    harness.prepareSnapshotPreBarrier(checkpoints);
    OperatorSnapshotFutures rest =
        harness
            .getOperator()
            .snapshotState(
                checkpoints,
                checkpoints,
                CheckpointOptions.forCheckpointWithDefaultLocation(),
                new MemCheckpointStreamFactory(1 << 20));
    return () -> OperatorSnapshotFinalizer.create(rest).getJobManagerOwnedState();
  }

  /** Checkpoints, and goes on in a new operator. */
  WindowsHarness restarted() throws Exception {
    OperatorSubtaskState state = checkpoint();
    close();
    return setup.restore(state);
  }

  /** Cuts a job's checkpoint to what one of its new subtasks restores. */
  static OperatorSubtaskState rescale(List<OperatorSubtaskState> states, int subtasks, int subtask)
      throws Exception {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(new OperatorSubtaskState[0])),
        MAX_PARALLELISM,
        states.size(),
        subtasks,
        subtask);
  }

  List<OnlineVector> online() {
    return output.online;
  }

  OnlineVector lastOnline() {
    return output.online.get(output.online.size() - 1);
  }

  List<OfflineRow> offline() {
    return output.offline;
  }

  List<DeadLetter> deadLetters() {
    return output.deadLetters;
  }

  List<Long> watermarks() {
    return output.watermarks;
  }

  long count(Verdict verdict) {
    return count(setup.view().source().name(), verdict);
  }

  long count(String source, Verdict verdict) {
    LongCounter counter =
        (LongCounter)
            harness
                .getOperator()
                .getRuntimeContext()
                .<Long, Long>getAccumulator(
                    AccountingNames.verdict(source, setup.view().name(), verdict));
    return counter.getLocalValuePrimitive();
  }

  /** A counter of the operator by the name below its own group. */
  long metric(String name) {
    return metrics.count(name);
  }

  /** What a gauge of the operator says. */
  Object gauge(String name) {
    return metrics.gauge(name);
  }

  /** The metric {@code complete_from} of a feature. */
  long completeFrom(String feature) {
    return (Long) metrics.gauge("feature.%s.complete_from".formatted(feature));
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  /** How many keys each of the operator's states holds, in sum. */
  long stateEntries() {
    return STATES.stream().mapToLong(this::stateEntries).sum();
  }

  /** How many keys one of the operator's {@link #STATES} holds. */
  long stateEntries(String state) {
    try (Stream<Object> keys =
        harness.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
