// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.jobs.historical.join.AsOfJoinOperator;
import io.tailwater.jobs.historical.join.Block;
import io.tailwater.jobs.historical.join.JoinedView;
import io.tailwater.jobs.historical.join.TableRows;
import io.tailwater.jobs.historical.labels.LabelScan;
import io.tailwater.jobs.historical.labels.Labels;
import io.tailwater.sinks.iceberg.OfflineTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a retrieval: one task reads the labels and hands their keys and instants to the
 * joins, one a different key, by the hash of the key; readers of the tables hand rows to the same
 * joins; one task puts the answers together and writes.
 */
record RetrievalGraph(
    String project,
    TrainingSetPlan plan,
    Labels labels,
    LabelScan scan,
    RetrievalRequest request,
    Map<JoinedView, ViewTable> tables,
    Supplier<CatalogLoader> catalog) {
  private static final TypeInformation<Block> BLOCKS = TypeInformation.of(Block.class);

  void define(StreamExecutionEnvironment env) {
    int parallelism = env.getParallelism();
    DataStream<Block> labelBlocks = labelBlocks(env, parallelism);
    DataStream<Block> answers = null;
    for (int entity = 0; entity < plan.joins().size(); entity++) {
      DataStream<Block> joined = join(env, labelBlocks, entity, parallelism);
      answers = answers == null ? joined : answers.union(joined);
    }
    (answers == null ? labelBlocks : answers)
        .transform(
            "training set",
            BLOCKS,
            new TrainingSetOperator(plan, labels, scan.rows(), parallelism, request.output()))
        .setParallelism(1)
        .uid("training-set");
  }

  private DataStream<Block> labelBlocks(StreamExecutionEnvironment env, int partitions) {
    return env.fromSource(
            new NumberSequenceSource(1, 1), WatermarkStrategy.noWatermarks(), "labels")
        .setParallelism(1)
        .uid("labels")
        .flatMap(new LabelBlocksFunction(labels, plan, partitions))
        .returns(BLOCKS)
        .name("label blocks")
        .setParallelism(1)
        .uid("label-blocks");
  }

  private DataStream<Block> join(
      StreamExecutionEnvironment env, DataStream<Block> labelBlocks, int entity, int parallelism) {
    TrainingSetPlan.Join join = plan.joins().get(entity);
    DataStream<Block> own =
        labelBlocks
            .filter(block -> block.stream() == entity)
            .name("labels of " + join.name())
            .setParallelism(1)
            .uid("labels-" + join.name());
    return toItsPartition(own)
        .connect(toItsPartition(rows(env, join, parallelism)))
        .transform(
            "join on " + join.name(), BLOCKS, new AsOfJoinOperator(entity, plan.viewsOf(join)))
        .setParallelism(parallelism)
        .uid("join-" + join.name());
  }

  private DataStream<Block> rows(
      StreamExecutionEnvironment env, TrainingSetPlan.Join join, int partitions) {
    List<DataStream<Block>> streams = new ArrayList<>();
    List<JoinedView> views = plan.viewsOf(join);
    for (int stream = 0; stream < views.size(); stream++) {
      DataStream<Block> rows = rows(env, views.get(stream), stream, partitions);
      if (rows != null) {
        streams.add(rows);
      }
    }
    if (streams.isEmpty()) {
      return noRows(env, join);
    }
    DataStream<Block> all = streams.get(0);
    for (DataStream<Block> other : streams.subList(1, streams.size())) {
      all = all.union(other);
    }
    return all;
  }

  private @Nullable DataStream<Block> rows(
      StreamExecutionEnvironment env, JoinedView view, int stream, int partitions) {
    ViewTable table = tables.get(view);
    if (table == null || table.snapshot() == null || scan.rows() == 0) {
      return null;
    }
    TableIdentifier name = OfflineTables.identifier(project, view.view());
    Long knownAt = request.knownAt();
    long created = knownAt == null ? Long.MAX_VALUE : knownAt;
    return env.fromSource(
            TableRows.source(
                view,
                stream,
                table.table(),
                TableLoader.fromCatalog(catalog.get(), name),
                table.snapshot(),
                ViewTable.filters(view, scan.earliest(), scan.latest(), created),
                created,
                partitions),
            WatermarkStrategy.noWatermarks(),
            "rows of " + view.name(),
            BLOCKS)
        .uid("rows-" + view.name());
  }

  /** A source of nothing: the join wants its second input. */
  private static DataStream<Block> noRows(
      StreamExecutionEnvironment env, TrainingSetPlan.Join join) {
    return env.fromSource(
            new NumberSequenceSource(1, 1), WatermarkStrategy.noWatermarks(), "no rows")
        .setParallelism(1)
        .uid("no-rows-" + join.name())
        .flatMap((Long number, org.apache.flink.util.Collector<Block> out) -> {})
        .returns(BLOCKS)
        .name("no rows")
        .setParallelism(1)
        .uid("no-row-blocks-" + join.name());
  }

  private static DataStream<Block> toItsPartition(DataStream<Block> blocks) {
    return blocks.partitionCustom(new ByNumber(), Block::partition);
  }

  /** A block knows its partition. */
  private static final class ByNumber implements Partitioner<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public int partition(Integer key, int partitions) {
      return key;
    }
  }
}
