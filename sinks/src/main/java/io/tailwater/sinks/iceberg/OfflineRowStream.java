// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.sink.IcebergSink;

/**
 * Rows as Iceberg's builder wants them: it builds its sink for no one but a stream that it attaches
 * it to, and this one attaches {@link OfflineSink} around it instead. Rows are converted inside, so
 * no copies are made between operators.
 *
 * @param <T> the rows
 */
final class OfflineRowStream<T> extends DataStream<RowData> {
  private final DataStream<T> rows;
  private final OfflineSinkOptions<T> options;
  private final WatermarkTableLoader tables;

  @SuppressWarnings("unchecked") // the builder asks the transformation for its parallelism only
  private OfflineRowStream(
      DataStream<T> rows, OfflineSinkOptions<T> options, WatermarkTableLoader tables) {
    super(
        rows.getExecutionEnvironment(),
        (Transformation<RowData>) (Transformation<?>) rows.getTransformation());
    this.rows = rows;
    this.options = options;
    this.tables = tables;
  }

  /**
   * Iceberg's builder of the sink that appends the rows to a table.
   *
   * @param uid the operators' uids begin with it
   */
  static <T> IcebergSink.Builder sinkOf(
      DataStream<T> rows, OfflineSinkOptions<T> options, TableLoader table, String uid) {
    WatermarkTableLoader tables = new WatermarkTableLoader(table, options.validation());
    return IcebergSink.forRowData(new OfflineRowStream<>(rows, options, tables))
        .table(options.table())
        .tableLoader(tables)
        .uidSuffix(uid);
  }

  @Override
  @SuppressWarnings("unchecked") // the builder sets uid, name and parallelism, whatever the type
  public DataStreamSink<RowData> sinkTo(Sink<RowData> sink) {
    IcebergSink iceberg = (IcebergSink) sink;
    Sink<T> wrapped = new OfflineSink<>(iceberg, iceberg, options, tables);
    return (DataStreamSink<RowData>) (DataStreamSink<?>) rows.sinkTo(wrapped);
  }
}
