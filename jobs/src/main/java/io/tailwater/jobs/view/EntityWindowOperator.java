// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.window.Amendments;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.Outcome;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
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
 * Owns the log and the windows of each entity of a view. It stores and times; every decision is
 * {@link EntityEngine}'s.
 *
 * <p>Main output: vectors for the online store as events come and at every later step. Side
 * outputs: rows of the offline table when the watermark has passed them, and dead letters.
 *
 * <pre>
 * State layout               type                        cleared
 * keyed    entity-v1[-n]     EntityState                 last expiry + allowed lateness
 * keyed    chunks-v1[-n]     chunk id → Chunk            longest window + allowed lateness; with it
 * keyed    ids-v1            chunk id → event ids        allowed lateness; with it
 * keyed    pages-v1          page id → Page              with it; pages of what has left, as it leaves
 * keyed    held-v1           ViewEvent, several          when history has been read
 * timers   steps             one event-time timer a key: the earliest thing that is to happen
 * operator progress-v1       see {@link Progress}
 * operator version-v1        see {@link VersionState}
 * operator accounting-v1     see {@link VerdictCounts}
 * </pre>
 *
 * <p>While a stream reads the history that it begins with (see {@link Progress}), events go into
 * the log and nothing comes out. With the first watermark it goes on as if it had stood where the
 * offline table stands: each entity's vector is published, and events that are late there, of which
 * the table knows nothing, have waited in the state.
 *
 * <p>A stream that goes on with other definitions converts all entities when it opens, from the
 * states of one n to those of the next: see {@link Conversion}. What has changed of an entity is
 * published before anything else happens to it.
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

  /** The wake-up of an entity of which history is being read: the first watermark there can be. */
  private static final long HISTORY_READ = Long.MIN_VALUE + 1;

  /** The wake-up of an entity that has other definitions than before and is to be published. */
  private static final long CHANGED = Long.MIN_VALUE + 2;

  /** Late events that may wait before they are worked off without a checkpoint. */
  private static final int MAX_WAITING = 10_000;

  private final FeatureView view;
  private final WindowSettings settings;
  private final List<OutputTag<DeadLetter>> deadLetters;
  private final AllowedLateness allowedLateness;
  private final boolean[] overlapsHistory;

  private transient @Nullable Windows windows;
  private transient @Nullable Progress progress;
  private transient @Nullable VersionState versions;
  private transient @Nullable VerdictCounts accounting;

  EntityWindowOperator(FeatureView view, WindowSettings settings) {
    this.view = view;
    this.settings = settings;
    this.deadLetters = view.inputs().stream().map(ViewOutputs::deadLetters).toList();
    this.allowedLateness = AllowedLateness.of(view);
    this.overlapsHistory = new boolean[view.inputs().size()];
    History history = settings.history();
    for (int i = 0; i < overlapsHistory.length && history != null; i++) {
      overlapsHistory[i] = history.overlapping().contains(view.inputs().get(i).source().name());
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    progress =
        new Progress(
            context.getOperatorStateStore(),
            settings,
            view.name(),
            Completeness.ofView(view, settings.knownFrom()));
    versions = new VersionState(context, view, settings, progress);
    accounting = new VerdictCounts(view, view.inputs(), VERDICTS, context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    requireNonNull(accounting).register(getRuntimeContext(), getMetricGroup());
    requireNonNull(versions).register(getRuntimeContext(), getMetricGroup());
    requireNonNull(versions).tellChange(settings.takeover(), requireNonNull(progress));
    windows = new Windows();
  }

  @Override
  public void processElement(StreamRecord<ViewEvent> element) throws Exception {
    requireNonNull(windows).process(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    Progress passed = requireNonNull(progress);
    boolean begins = !passed.hasBegun();
    passed.advance(mark.getTimestamp());
    if (begins && passed.hasBegun()) {
      requireNonNull(versions).tellStart(settings.takeover(), passed);
    }
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
    emit(mark, reached);
  }

  /** What was finished before a restore, or is in the table already, stays finished. */
  private void emit(Watermark mark, Watermark reached) {
    Watermark later = mark.getTimestamp() < reached.getTimestamp() ? reached : mark;
    if (later.getTimestamp() > HISTORY_READ) {
      output.emitWatermark(later);
    }
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
    requireNonNull(versions).snapshot();
    requireNonNull(accounting).snapshot();
  }

  @Override
  public void finish() throws Exception {
    requireNonNull(windows).correctAll();
    super.finish();
  }

  /** What exists from open() on. */
  private final class Windows {
    private final EntityEngine engine;
    private final ValueState<EntityState> states;
    private final FlinkChunkStore chunks;
    private final @Nullable ListState<ViewEvent> held;
    private final WindowVerdicts verdicts;
    private final InternalTimerService<VoidNamespace> timers;
    private final WaitingCorrections waiting = new WaitingCorrections();
    private final ViewVersion version;
    private final ViewIds ids;
    private final EntityOutput out;

    Windows() throws Exception {
      ViewProgram program = ViewProgram.compile(view, new NullMetrics(view, getMetricGroup()));
      AggregationPlan plan = program.plan();
      version = requireNonNull(versions).version();
      ids = new ViewIds(version);
      out = new EntityOutput(view, settings, requireNonNull(progress), version, output);
      engine =
          new EntityEngine(
              plan,
              allowedLateness.largest(),
              program,
              new EntityEngine.Past(version.publishedAt(), version.filledFrom()));
      WindowStates keyed =
          WindowStates.of(
              getRuntimeContext(),
              getExecutionConfig().getSerializerConfig(),
              view,
              plan,
              engine.codec(),
              version.epoch(),
              requireNonNull(progress).isLoading());
      states = keyed.entities();
      chunks = keyed.chunks();
      held = keyed.held();
      verdicts =
          new WindowVerdicts(view, settings, deadLetters, requireNonNull(accounting), output);
      timers =
          getInternalTimerService(
              "steps", VoidNamespaceSerializer.INSTANCE, EntityWindowOperator.this);
      Conversion.all(
          requireNonNull(versions),
          getKeyedStateBackend(),
          getRuntimeContext(),
          keyed,
          entity -> wakeUpAt(entity, CHANGED));
    }

    /** Publishes an entity whose definitions have changed, where the savepoint's stream stood. */
    private void publishChanged(EntityState current) {
      current.wakeUp(NO_WAKE_UP);
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, CHANGED);
      List<Long> instants = version.publishedAt();
      if (!instants.isEmpty()) {
        Amendments none = new Amendments();
        out.silent(true);
        engine.advanceTo(current, chunks, instants.get(instants.size() - 1), none, out);
        out.silent(false);
        out.amending(true);
        engine.publishFinal(current, chunks, out);
        out.amending(false);
      }
      engine.publish(current, chunks, out);
    }

    void process(ViewEvent event) throws Exception {
      requireNonNull(versions).saw(event.time());
      if (requireNonNull(progress).isLoading()) {
        load(event);
      } else if (!event.history()) {
        apply(event);
      }
      // Else a restored stream reads history again that is in its state.
    }

    private void load(ViewEvent event) throws Exception {
      long whole = requireNonNull(progress).tableWatermark();
      boolean tooLate = !event.history() && allowedLateness.isExceeded(event, whole);
      if (tooLate && !overlapsHistory[event.input()]) {
        verdicts.give(Outcome.TOO_LATE, event, whole);
        return;
      }
      EntityState current = states.value();
      if (current == null) {
        current = engine.create(whole);
      }
      if (!event.history() && !tooLate && event.time() <= whole) {
        // What it corrects depends on all of history.
        requireNonNull(held).add(event);
      } else {
        verdicts.give(engine.load(current, chunks, ids.inLog(event)), event, whole);
      }
      wakeUpAt(current, HISTORY_READ);
      states.update(current);
    }

    private void apply(ViewEvent event) throws Exception {
      long passed = passedBefore(event);
      if (allowedLateness.isExceeded(event, passed) || event.time() < version.acceptedFrom()) {
        verdicts.give(Outcome.TOO_LATE, event, passed);
        return;
      }
      EntityState current = states.value();
      if (current == null) {
        current = engine.create(passed);
      }
      out.of(event.key(), current);
      if (current.wakeUp() == CHANGED) {
        publishChanged(current);
      }
      Amendments amendments = waiting.of(event.key());
      Outcome outcome = engine.apply(current, chunks, ids.inLog(event), passed, amendments, out);
      waiting.keep(event.key(), amendments);
      verdicts.give(outcome, event, passed);
      scheduleNext(current);
      states.update(current);
      if (waiting.events() > MAX_WAITING) {
        correctAll();
      }
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
      EntityKey woken = (EntityKey) getCurrentKey();
      out.of(woken, current);
      if (current.wakeUp() == CHANGED) {
        publishChanged(current);
      } else if (timer == current.wakeUp()) {
        current.wakeUp(NO_WAKE_UP);
      }
      // In batch mode all timers of a key fire when the key ends, and no watermark is seen.
      long passed =
          settings.sortedInput() ? settings.endInstant() : requireNonNull(progress).watermark();
      Amendments amendments = waiting.of(woken);
      boolean historyRead = timer == HISTORY_READ;
      out.silent(historyRead);
      if (historyRead) {
        applyHeld(current, amendments);
      }
      boolean forgotten = engine.isForgotten(current, passed);
      engine.advanceTo(current, chunks, passed, amendments, out);
      waiting.keep(woken, amendments);
      out.silent(false);
      if (historyRead) {
        engine.publish(current, chunks, out);
      }
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

    /** Applies the events of the topic that are late where the table stands. */
    private void applyHeld(EntityState current, Amendments amendments) throws Exception {
      long whole = requireNonNull(progress).tableWatermark();
      ListState<ViewEvent> waited = requireNonNull(held);
      for (ViewEvent event : waited.get()) {
        verdicts.give(
            engine.apply(current, chunks, ids.inLog(event), whole, amendments, out), event, whole);
      }
      waited.clear();
    }

    /** A timer that turns out to be too early costs less than replacing it at each event. */
    private void scheduleNext(EntityState current) {
      wakeUpAt(current, engine.nextStep(current));
    }

    private void wakeUpAt(EntityState current, long next) {
      if (next < current.wakeUp()) {
        if (current.wakeUp() != NO_WAKE_UP) {
          timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, current.wakeUp());
        }
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
        current.wakeUp(next);
      }
    }

    void correctAll() throws Exception {
      for (Map.Entry<EntityKey, Amendments> entry : waiting.byEntity().entrySet()) {
        setCurrentKey(entry.getKey());
        EntityState current = requireNonNull(states.value(), "a late event's entity is gone");
        out.of(entry.getKey(), current);
        engine.correct(current, chunks, entry.getValue(), out);
        scheduleNext(current);
        states.update(current);
      }
      waiting.clear();
    }
  }
}
