// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.counts.Page;
import io.tailwater.aggregation.window.Amendments;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.Event;
import io.tailwater.aggregation.window.FeatureOutput;
import io.tailwater.aggregation.window.Outcome;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Owns the log and the windows of each entity of a view. It stores, times and emits; every decision
 * is {@link EntityEngine}'s.
 *
 * <p>Main output: vectors for the online store as events come and at every later step. Side
 * outputs: rows of the offline table when the watermark has passed them, and dead letters.
 *
 * <pre>
 * State layout               type                        cleared
 * keyed    entity-v1         EntityState                 last expiry + allowed lateness
 * keyed    chunks-v1         chunk id → Chunk            longest window + allowed lateness; with it
 * keyed    ids-v1            chunk id → event ids        allowed lateness; with it
 * keyed    pages-v1          page id → Page              with it; pages of what has left, as it leaves
 * timers   steps             one event-time timer a key: the earliest thing that is to happen
 * operator progress-v1       see {@link Progress}
 * operator accounting-v1     see {@link VerdictCounts}
 * </pre>
 *
 * <p>Late events wait on the heap for their correction rows, which are written before the next
 * checkpoint's barrier: a checkpoint has none of them.
 */
final class EntityWindowOperator extends AbstractStreamOperator<OnlineVector>
    implements OneInputStreamOperator<ViewEvent, OnlineVector>,
        Triggerable<EntityKey, VoidNamespace> {
  private static final long serialVersionUID = 1L;
  private static final List<Verdict> VERDICTS =
      List.of(Verdict.TOO_LATE, Verdict.DUPLICATE, Verdict.APPLIED);
  private static final long NO_WAKE_UP = Long.MAX_VALUE;

  /** Late events that may wait before they are worked off without a checkpoint. */
  private static final int MAX_WAITING = 10_000;

  private final FeatureView view;
  private final WindowSettings settings;
  private final OutputTag<OfflineRow> offline;
  private final List<OutputTag<DeadLetter>> deadLetters;
  private final long[] allowedLateness;

  private transient @Nullable Windows windows;
  private transient @Nullable Progress progress;
  private transient @Nullable VerdictCounts accounting;

  EntityWindowOperator(FeatureView view, WindowSettings settings) {
    this.view = view;
    this.settings = settings;
    this.offline = ViewOutputs.offline(view);
    this.deadLetters = view.inputs().stream().map(ViewOutputs::deadLetters).toList();
    this.allowedLateness =
        view.inputs().stream()
            .mapToLong(input -> input.source().watermark().allowedLatenessMillis())
            .toArray();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    progress = new Progress(context.getOperatorStateStore(), settings);
    accounting = new VerdictCounts(view, view.inputs(), VERDICTS, context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    requireNonNull(accounting).register(getRuntimeContext(), getMetricGroup());
    windows = new Windows();
  }

  @Override
  public void processElement(StreamRecord<ViewEvent> element) throws Exception {
    requireNonNull(windows).process(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    Progress passed = requireNonNull(progress);
    passed.advance(mark.getTimestamp());
    if (settings.sortedInput()) {
      super.processWatermark(mark);
      return;
    }
    // Flink would fire every timer at the end of input, whatever is to happen later, and a
    // savepoint of a drained stream would then hold entities that nothing ever wakes up.
    Watermark reached = new Watermark(passed.watermark());
    getTimeServiceManager().orElseThrow().advanceWatermark(reached);
    if (mark.equals(Watermark.MAX_WATERMARK) && settings.endInstant() != WindowSettings.UNBOUNDED) {
      // The stores learn how far the run has come; the end of input alone does not say.
      output.emitWatermark(reached);
    }
    output.emitWatermark(mark);
  }

  @Override
  public void onEventTime(InternalTimer<EntityKey, VoidNamespace> timer) throws Exception {
    requireNonNull(windows).wakeUp(timer.getTimestamp());
  }

  @Override
  public void onProcessingTime(InternalTimer<EntityKey, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    requireNonNull(windows).correctAll();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    requireNonNull(progress).snapshot();
    requireNonNull(accounting).snapshot();
  }

  @Override
  public void finish() throws Exception {
    requireNonNull(windows).correctAll();
    super.finish();
  }

  /** What exists from open() on. */
  private final class Windows implements FeatureOutput {
    private final EntityEngine engine;
    private final ValueState<EntityState> states;
    private final FlinkChunkStore chunks;
    private final WindowVerdicts verdicts;
    private final InternalTimerService<VoidNamespace> timers;
    private final Map<EntityKey, Amendments> waiting = new HashMap<>();
    private final StreamRecord<OnlineVector> online = new StreamRecord<>(null);
    private Amendments spare = new Amendments();
    private int waitingEvents;
    private @Nullable EntityKey key;
    private @Nullable EntityState state;

    Windows() throws Exception {
      ViewProgram program = ViewProgram.compile(view, new NullMetrics(view, getMetricGroup()));
      AggregationPlan plan = program.plan();
      engine = new EntityEngine(plan, Arrays.stream(allowedLateness).max().orElseThrow(), program);
      states =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("entity-v1", new EntityStateSerializer(plan)));
      MapState<Long, byte[]> logChunks =
          getRuntimeContext()
              .getMapState(
                  new MapStateDescriptor<>(
                      "chunks-v1",
                      Types.LONG.createSerializer(getExecutionConfig().getSerializerConfig()),
                      new ChunkSerializer(plan)));
      MapState<Long, byte[]> ids =
          getRuntimeContext()
              .getMapState(
                  new MapStateDescriptor<>(
                      "ids-v1",
                      Types.LONG.createSerializer(getExecutionConfig().getSerializerConfig()),
                      new ChunkIdsSerializer(plan)));
      MapState<Long, Page> pages =
          getRuntimeContext()
              .getMapState(
                  new MapStateDescriptor<>(
                      "pages-v1",
                      Types.LONG.createSerializer(getExecutionConfig().getSerializerConfig()),
                      new PageSerializer(plan)));
      chunks = new FlinkChunkStore(engine.codec(), logChunks, ids, pages);
      verdicts =
          new WindowVerdicts(view, settings, deadLetters, requireNonNull(accounting), output);
      timers =
          getInternalTimerService(
              "steps", VoidNamespaceSerializer.INSTANCE, EntityWindowOperator.this);
    }

    void process(ViewEvent event) throws Exception {
      long passed = passedBefore(event);
      if (isTooLate(event, passed)) {
        verdicts.give(Outcome.TOO_LATE, event, passed);
        return;
      }
      key = event.key();
      EntityState current = states.value();
      if (current == null) {
        current = engine.create(passed);
      }
      state = current;
      Amendments amendments = amendments();
      int before = amendments.size();
      Outcome outcome =
          engine.apply(
              current,
              chunks,
              new Event(event.time(), event.id(), event.columns()),
              passed,
              amendments,
              this);
      keep(amendments, before);
      verdicts.give(outcome, event, passed);
      if (outcome != Outcome.TOO_LATE) {
        scheduleNext(current);
        states.update(current);
      }
      if (waitingEvents > MAX_WAITING) {
        correctAll();
      }
    }

    /** Each source has its own allowance; the engine knows the largest of them. */
    private boolean isTooLate(ViewEvent event, long passed) {
      long allowed = allowedLateness[event.input()];
      return passed >= Long.MIN_VALUE + allowed && event.time() < passed - allowed;
    }

    /** How far time has passed for an entity when an event of it comes. */
    private long passedBefore(ViewEvent event) {
      return settings.sortedInput()
          ? Math.min(event.time() - 1, settings.endInstant())
          : requireNonNull(progress).watermark();
    }

    void wakeUp(long timer) throws Exception {
      EntityState current = states.value();
      if (current == null) {
        return;
      }
      key = (EntityKey) getCurrentKey();
      state = current;
      if (timer == current.wakeUp()) {
        current.wakeUp(NO_WAKE_UP);
      }
      // In batch mode all timers of a key fire when the key ends, and no watermark is seen.
      long passed =
          settings.sortedInput() ? settings.endInstant() : requireNonNull(progress).watermark();
      boolean forgotten = engine.isForgotten(current, passed);
      Amendments amendments = amendments();
      int before = amendments.size();
      if (forgotten) {
        engine.correct(current, chunks, amendments, this);
      }
      engine.advanceTo(current, chunks, passed, amendments, this);
      keep(amendments, before);
      if (forgotten) {
        states.clear();
        chunks.clear();
        return;
      }
      if (!settings.sortedInput()) {
        scheduleNext(current);
      }
      states.update(current);
    }

    /** A timer that turns out to be too early costs less than replacing it at each event. */
    private void scheduleNext(EntityState current) {
      long next = engine.nextStep(current);
      if (next < current.wakeUp()) {
        if (current.wakeUp() != NO_WAKE_UP) {
          timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, current.wakeUp());
        }
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
        current.wakeUp(next);
      }
    }

    private Amendments amendments() {
      Amendments own = waiting.get(requireNonNull(key));
      return own == null ? spare : own;
    }

    private void keep(Amendments amendments, int before) {
      waitingEvents += amendments.size() - before;
      if (amendments == spare) {
        if (!amendments.isEmpty()) {
          waiting.put(requireNonNull(key), amendments);
          spare = new Amendments();
        }
      } else if (amendments.isEmpty()) {
        waiting.remove(requireNonNull(key));
      }
    }

    void correctAll() throws Exception {
      for (Map.Entry<EntityKey, Amendments> entry : waiting.entrySet()) {
        setCurrentKey(entry.getKey());
        key = entry.getKey();
        EntityState current = requireNonNull(states.value(), "a late event's entity is gone");
        state = current;
        engine.correct(current, chunks, entry.getValue(), this);
        scheduleNext(current);
        states.update(current);
      }
      waiting.clear();
      waitingEvents = 0;
    }

    @Override
    public void online(long asOf, long validUntil, long eventCount, @Nullable Object[] features) {
      output.collect(
          online.replace(
              new OnlineVector(
                  requireNonNull(key).values(),
                  asOf,
                  validUntil,
                  requireNonNull(progress).generation(),
                  eventCount,
                  features),
              asOf));
    }

    @Override
    public void offline(long instant, @Nullable Object[] features) {
      EntityState current = requireNonNull(state);
      long created = Math.max(settings.clock().millis(), current.lastCreated() + 1);
      current.lastCreated(created);
      output.collect(
          offline,
          new StreamRecord<>(
              new OfflineRow(requireNonNull(key).values(), instant, created, features), instant));
    }
  }
}
