// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.Evolution;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * Takes the current key's entity from the states of one plan to those of the next. States are read
 * by the plan that wrote them: the version that is saved beside them says which that was, and their
 * names differ from those of the new ones.
 */
@FunctionalInterface
interface Conversion {
  /** Where what is kept has not changed. */
  Conversion NONE = ValueState::value;

  /**
   * Reads the old state, and makes the new one of it.
   *
   * @param old the entity's state by the old plan; gone afterwards
   */
  EntityState convert(ValueState<EntityState> old) throws Exception;

  /**
   * Takes all entities over, if the deployed definition of the view is another than theirs.
   *
   * @param keyed the states of the deployed definition
   * @param changed gets each entity while it is the current key's
   */
  static void all(
      VersionState versions,
      KeyedStateBackend<EntityKey> backend,
      RuntimeContext context,
      WindowStates keyed,
      Consumer<EntityState> changed)
      throws Exception {
    ViewEvolution change = versions.evolution();
    ViewVersion before = versions.before();
    if (change == null || before == null || !change.changesVectors()) {
      return;
    }
    Conversion conversion =
        change.changesState() ? of(before, change, context, keyed.chunks()) : NONE;
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        WindowStates.entities(before.view().plan(), before.epoch()),
        (key, old) -> {
          EntityState converted = conversion.convert(old);
          changed.accept(converted);
          keyed.entities().update(converted);
        });
  }

  /**
   * The conversion that a change asks for.
   *
   * @param chunks the log of the new plan
   */
  static Conversion of(
      ViewVersion before, ViewEvolution change, RuntimeContext context, FlinkChunkStore chunks) {
    AggregationPlan plan = before.view().plan();
    Evolution evolution = new Evolution(change.change());
    FlinkChunkStore oldChunks =
        chunks.withChunks(
            evolution.oldCodec(), context.getMapState(WindowStates.chunks(plan, before.epoch())));
    return old -> {
      EntityState converted = evolution.convert(old.value(), oldChunks, chunks);
      old.clear();
      return converted;
    };
  }
}
