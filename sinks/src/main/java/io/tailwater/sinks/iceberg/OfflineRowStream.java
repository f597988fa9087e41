// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.sink.IcebergSink;

/**
 * Rows as Iceberg's builder wants them: it builds its sink for no one but a stream that it attaches
 * it to, and this one attaches {@link OfflineSink} around it instead. Rows are converted inside, so
 * no copies are made between operators.
 */
final class OfflineRowStream extends DataStream<RowData> {
  private final DataStream<OfflineRow> rows;
  private final OfflineSinkOptions options;
  private final WatermarkTableLoader tables;

  @SuppressWarnings("unchecked") // the builder asks the transformation for its parallelism only
  OfflineRowStream(
      DataStream<OfflineRow> rows, OfflineSinkOptions options, WatermarkTableLoader tables) {
    super(
        rows.getExecutionEnvironment(),
        (Transformation<RowData>) (Transformation<?>) rows.getTransformation());
    this.rows = rows;
    this.options = options;
    this.tables = tables;
  }

  @Override
  @SuppressWarnings("unchecked") // the builder sets uid, name and parallelism, whatever the type
  public DataStreamSink<RowData> sinkTo(Sink<RowData> sink) {
    IcebergSink iceberg = (IcebergSink) sink;
    Sink<OfflineRow> wrapped = new OfflineSink<>(iceberg, iceberg, options, tables);
    return (DataStreamSink<RowData>) (DataStreamSink<?>) rows.sinkTo(wrapped);
  }
}
