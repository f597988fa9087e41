// SPDX-License-Identifier: Apache-2.0
import io.tailwater.benchmarks.backfill.Rounds;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark SQL's window functions, from the Parquet file into others. Not part of the build. */
public final class SparkContender {
  private SparkContender() {}

  /** {@code QUERY EVENTS FOLDER ROUNDS THREADS}. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark =
        SparkSession.builder()
            .master("local[%s]".formatted(arguments[4]))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.parquet.inferTimestampNTZ.enabled", "false")
            .config("spark.sql.parquet.compression.codec", "zstd")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.local.dir", arguments[2])
            .getOrCreate();
    spark.read().parquet(arguments[1]).createOrReplaceTempView("events");
    Rounds.measure(
        Integer.parseInt(arguments[3]),
        Path.of(arguments[2]),
        output -> spark.sql(arguments[0]).write().parquet(output.toString()));
    spark.stop();
  }
}
