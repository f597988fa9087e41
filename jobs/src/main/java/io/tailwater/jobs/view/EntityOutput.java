// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.FeatureOutput;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Emits the vectors and rows of one entity after the other. Not thread-safe. */
final class EntityOutput implements FeatureOutput {
  private final WindowSettings settings;
  private final Progress progress;
  private final OutputTag<OfflineRow> offline;
  private final Output<StreamRecord<OnlineVector>> output;
  private final int[] fresh;
  private final long[] completeFrom;
  private final long allCompleteFrom;
  private final StreamRecord<OnlineVector> online = new StreamRecord<>(null);
  private boolean silent;
  private boolean amending;
  private @Nullable EntityKey key;
  private @Nullable EntityState state;

  EntityOutput(
      FeatureView view,
      WindowSettings settings,
      Progress progress,
      ViewVersion version,
      Output<StreamRecord<OnlineVector>> output) {
    this.settings = settings;
    this.progress = progress;
    this.offline = ViewOutputs.offline(view);
    this.output = output;
    List<String> stored = view.storedFeatures().stream().map(Feature::name).toList();
    this.completeFrom =
        version.completeFromByFeature().values().stream().mapToLong(Long::longValue).toArray();
    this.allCompleteFrom = Arrays.stream(completeFrom).max().orElse(Completeness.ALWAYS);
    List<Long> changes = version.publishedAt();
    this.fresh =
        version.freshFrom().entrySet().stream()
            .filter(
                feature ->
                    !changes.isEmpty()
                        && feature.getValue().equals(changes.get(changes.size() - 1)))
            .mapToInt(feature -> stored.indexOf(feature.getKey()))
            .toArray();
  }

  /** What comes next is of that entity. */
  void of(EntityKey newKey, EntityState newState) {
    key = newKey;
    state = newState;
  }

  /** Whether vectors are not to be emitted for now. */
  void silent(boolean isSilent) {
    silent = isSilent;
  }

  /** Whether rows are only emitted for features that earlier rows do not have. */
  void amending(boolean isAmending) {
    amending = isAmending;
  }

  @Override
  public void online(long asOf, long validUntil, long eventCount, @Nullable Object[] features) {
    if (silent || asOf < progress.publishedFrom()) {
      return;
    }
    output.collect(
        online.replace(
            new OnlineVector(
                requireNonNull(key).values(),
                asOf,
                validUntil,
                progress.generation(),
                eventCount,
                features,
                asOf < allCompleteFrom ? completeFrom : OnlineVector.COMPLETE),
            asOf));
  }

  @Override
  public void offline(long instant, @Nullable Object[] features) {
    if (amending && Arrays.stream(fresh).allMatch(index -> features[index] == null)) {
      return;
    }
    EntityState current = requireNonNull(state);
    long created = Math.max(settings.clock().millis(), current.lastCreated() + 1);
    current.lastCreated(created);
    output.collect(
        offline,
        new StreamRecord<>(
            new OfflineRow(requireNonNull(key).values(), instant, created, features), instant));
  }
}
