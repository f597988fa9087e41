// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where a pipeline's results go. Every operator that is attached needs a uid. */
public interface PipelineSinks {
  /** Takes a view's vectors; for each key they come in the order of their fence. */
  void online(FeatureView view, DataStream<OnlineVector> vectors);

  /** Takes a view's rows. */
  void offline(FeatureView view, DataStream<OfflineRow> rows);

  /** Takes what a source's views did not apply. */
  void deadLetters(EventSource source, DataStream<DeadLetter> deadLetters);

  /** Whether a source that is to be archived is archived by this run. By default none is. */
  default boolean archives(EventSource source) {
    return false;
  }

  /** Takes all events of a source that this run archives, refused ones among them. */
  default void archive(EventSource source, DataStream<SourceEvent> events) {
    throw new IllegalStateException("source '%s' is not archived".formatted(source.name()));
  }
}
