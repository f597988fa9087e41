// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * A store in {@link Collected} for each view, and one for each source's dead letters.
 *
 * @param job of a name of its own
 */
record SeparateSinks(String job) implements PipelineSinks {
  /** The name of the store of a view or a source. */
  static String store(String job, String of) {
    return "%s-%s".formatted(job, of);
  }

  @Override
  public void online(FeatureView view, DataStream<OnlineVector> vectors) {
    new CollectingSinks(store(job, view.name())).online(view, vectors);
  }

  @Override
  public void offline(FeatureView view, DataStream<OfflineRow> rows) {
    new CollectingSinks(store(job, view.name())).offline(view, rows);
  }

  @Override
  public void deadLetters(EventSource source, DataStream<DeadLetter> deadLetters) {
    new CollectingSinks(store(job, source.name())).deadLetters(source, deadLetters);
  }
}
