// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.sinks.iceberg.ArchiveRows;
import io.tailwater.sinks.iceberg.IcebergArchiveSink;
import io.tailwater.sinks.iceberg.IcebergOfflineSink;
import io.tailwater.sinks.redis.RedisSink;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/**
 * The real stores: Redis, Iceberg, and Kafka or files for dead letters. The sinks' uids are {@code
 * online-<view>}, {@code dead-letters-<source>}, and for Iceberg's several operators they begin
 * with {@code offline-<view>} and {@code archive-<source>}.
 */
public final class StoreSinks implements PipelineSinks {
  private final String project;
  private final @Nullable RedisOptions redis;
  private final CatalogLoader catalog;
  private final Function<EventSource, Sink<DeadLetter>> deadLetters;
  private final long endInstant;
  private final @Nullable Integer maxOpenDays;
  private final Set<String> archived;
  private final @Nullable Long generation;

  /**
   * @param redis null where {@link #online} is not called
   * @param deadLetters the sink of each source's dead letters
   * @param endInstant see {@link WindowSettings#endInstant}
   */
  public StoreSinks(
      String project,
      @Nullable RedisOptions redis,
      CatalogLoader catalog,
      Function<EventSource, Sink<DeadLetter>> deadLetters,
      long endInstant) {
    this(project, redis, catalog, deadLetters, endInstant, null, Set.of(), null);
  }

  private StoreSinks(
      String project,
      @Nullable RedisOptions redis,
      CatalogLoader catalog,
      Function<EventSource, Sink<DeadLetter>> deadLetters,
      long endInstant,
      @Nullable Integer maxOpenDays,
      Set<String> archived,
      @Nullable Long generation) {
    this.project = requireNonNull(project, "project is null");
    this.redis = redis;
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
    this.endInstant = endInstant;
    this.maxOpenDays = maxOpenDays;
    this.archived = Set.copyOf(archived);
    this.generation = generation;
  }

  /** The same with files of up to {@code days} days open in each writer of a table. */
  public StoreSinks withMaxOpenDays(int days) {
    return new StoreSinks(
        project, redis, catalog, deadLetters, endInstant, days, archived, generation);
  }

  /** The same with the archives of these sources, which are read from Kafka. */
  StoreSinks withArchives(Set<String> sources) {
    return new StoreSinks(
        project, redis, catalog, deadLetters, endInstant, maxOpenDays, sources, generation);
  }

  /** The same of a stream of this generation: see {@link IcebergOfflineSink#withGeneration}. */
  StoreSinks withGeneration(long newGeneration) {
    return new StoreSinks(
        project, redis, catalog, deadLetters, endInstant, maxOpenDays, archived, newGeneration);
  }

  @Override
  public void online(FeatureView view, DataStream<OnlineVector> vectors) {
    storeOnline(view, vectors);
  }

  @Override
  public void offline(FeatureView view, DataStream<OfflineRow> rows) {
    store(IcebergOfflineSink.of(catalog, project, view), "offline-" + view.name(), rows);
  }

  /** Takes a view's vectors, wherever they come from. */
  public void storeOnline(StoredView view, DataStream<OnlineVector> vectors) {
    RedisOptions options = requireNonNull(redis, "redis is null");
    vectors
        .sinkTo(new RedisSink(OnlineLayout.of(options.layout(), project, view), options))
        .name("online " + view.name())
        .uid("online-" + view.name());
  }

  /**
   * Takes the rows that a view's table does not have.
   *
   * @param snapshotId the snapshot of the table that they were compared with; null if it was empty.
   *     If rows have come since, the job fails, and the table is as it was.
   */
  public void storeNewRows(
      StoredView view, DataStream<OfflineRow> rows, @Nullable Long snapshotId) {
    store(
        IcebergOfflineSink.of(catalog, project, view).withNoRowsSince(snapshotId),
        "offline-" + view.name(),
        rows);
  }

  private void store(IcebergOfflineSink table, String uid, DataStream<OfflineRow> rows) {
    IcebergOfflineSink sink = table;
    if (endInstant != WindowSettings.UNBOUNDED) {
      sink = sink.withEndInstant(endInstant);
    }
    if (generation != null) {
      sink = sink.withGeneration(generation);
    }
    if (maxOpenDays != null) {
      sink = sink.withMaxOpenDays(maxOpenDays);
    }
    sink.attach(rows, uid);
  }

  @Override
  public void deadLetters(EventSource source, DataStream<DeadLetter> letters) {
    letters
        .sinkTo(deadLetters.apply(source))
        .name("dead letters " + source.name())
        .uid("dead-letters-" + source.name());
  }

  @Override
  public boolean archives(EventSource source) {
    return archived.contains(source.name());
  }

  @Override
  public void archive(EventSource source, DataStream<SourceEvent> events) {
    IcebergArchiveSink sink = IcebergArchiveSink.of(catalog, project, source);
    ArchiveRows rows = sink.rows();
    sink.attach(
        events
            .flatMap(new ArchivedRows(rows), rows.type())
            .name("archive rows " + source.name())
            .uid("archive-rows-" + source.name())
            .setParallelism(events.getParallelism()),
        "archive-" + source.name());
  }
}
