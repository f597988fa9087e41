// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which definition of its view the state is of, and the version that it becomes if the deployed one
 * is another; with the newest event seen, by which a change knows what the log lacks. As metrics,
 * {@code tailwater.view.<view>.feature.<feature>.complete_from}, what follows for the features.
 *
 * <p>State layout: operator union list state {@code version-v1}, of each subtask {time of its
 * newest event, {@link ViewVersionBytes}}; all but the time is the same in each.
 */
final class VersionState {
  private static final Logger LOG = LoggerFactory.getLogger(VersionState.class);

  private final FeatureView view;
  private final ListState<byte[]> state;
  private final @Nullable ViewVersion before;
  private final @Nullable ViewEvolution evolution;
  private final ViewVersion version;
  private long newest = Long.MIN_VALUE;

  /**
   * @throws IllegalStateException if the restored state cannot become one of the deployed
   *     definition, saying why and what to do
   */
  VersionState(
      StateInitializationContext context,
      FeatureView view,
      WindowSettings settings,
      Progress progress)
      throws Exception {
    this.view = view;
    this.state = context.getOperatorStateStore().getUnionListState(descriptor());
    ViewVersion restored = null;
    for (byte[] entry : state.get()) {
      newest = Math.max(newest, newestIn(entry));
      restored = restored == null ? versionIn(entry) : restored;
    }
    this.before = restored;
    if (restored == null) {
      this.evolution = null;
      this.version = ViewEvolution.first(view, settings.knownFrom());
      return;
    }
    ViewEvolution change =
        new ViewEvolution(restored, view, newest, progress.watermark(), settings.knownFrom());
    this.evolution = change.changesNothing() ? null : change;
    if (evolution == null) {
      this.version = restored;
      return;
    }
    refuse(change, progress.isLoading());
    this.version = change.after();
  }

  static ListStateDescriptor<byte[]> descriptor() {
    return new ListStateDescriptor<>(
        "version-v1", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  static long newestIn(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong();
  }

  static ViewVersion versionIn(byte[] entry) throws IOException {
    byte[] bytes = new byte[entry.length - Long.BYTES];
    System.arraycopy(entry, Long.BYTES, bytes, 0, bytes.length);
    return ViewVersionBytes.read(bytes);
  }

  private void refuse(ViewEvolution change, boolean loading) {
    if (loading) {
      throw new IllegalStateException(
          "view '%s': found other definitions than those of the savepoint or checkpoint, whose stream had not read its history; expected the same, until it has"
              .formatted(view.name()));
    }
    List<String> refusals = change.refusals();
    if (!refusals.isEmpty()) {
      throw new IllegalStateException(
          "view '%s': %s".formatted(view.name(), String.join("; ", refusals)));
    }
  }

  private void logChange() {
    version
        .completeFromByFeature()
        .forEach(
            (feature, instant) -> {
              if (instant != Completeness.ALWAYS) {
                LOG.info(
                    "View '{}', feature '{}', after a change of definitions: complete from {}",
                    view.name(),
                    feature,
                    instant == Completeness.NEVER ? "never" : Instant.ofEpochMilli(instant));
              }
            });
  }

  /** The version that the state has from now on. */
  ViewVersion version() {
    return version;
  }

  /** The version that the restored state has; null if there is none. */
  @Nullable ViewVersion before() {
    return before;
  }

  /** How the restored state becomes one of {@link #version}; null if it is one. */
  @Nullable ViewEvolution evolution() {
    return evolution;
  }

  /** Notes that an event of a time has been seen. */
  void saw(long time) {
    if (time > newest) {
      newest = time;
    }
  }

  /**
   * Before there are rows of changed definitions, and a checkpoint that has the new version, the
   * offline table has to know of the change. Each subtask tells it when it opens.
   */
  void tellChange(Takeover takeover, Progress progress) throws IOException {
    // One without a watermark has no rows so far, and is told of as a new stream's.
    if (evolution != null && progress.hasBegun()) {
      tell(takeover, progress, progress.watermark());
    }
  }

  /** Before there are rows of a new stream the offline table has to know of it. */
  void tellStart(Takeover takeover, Progress progress) throws IOException {
    tell(takeover, progress, progress.tableWatermark());
  }

  /**
   * @param stood behind that, and the allowed lateness before it, there are rows of this stream
   */
  private void tell(Takeover takeover, Progress progress, long stood) throws IOException {
    long lateness = AllowedLateness.of(view).largest();
    long firstRow = stood < Long.MIN_VALUE + lateness ? Long.MIN_VALUE : stood - lateness;
    takeover.take(view, progress.generation(), version.incompleteFrom(firstRow));
  }

  /** Makes known from when on features are complete; a change is logged by one subtask of all. */
  void register(RuntimeContext context, MetricGroup group) {
    if (evolution != null && context.getTaskInfo().getIndexOfThisSubtask() == 0) {
      logChange();
    }
    MetricGroup views = group.addGroup("tailwater").addGroup("view", view.name());
    version
        .completeFromByFeature()
        .forEach(
            (feature, instant) ->
                views.addGroup("feature", feature).gauge("complete_from", () -> instant));
  }

  void snapshot() throws Exception {
    byte[] bytes = ViewVersionBytes.write(version);
    state.update(
        List.of(ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(newest).put(bytes).array()));
  }
}
