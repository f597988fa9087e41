// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.Files;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * Files of Avro's records: Avro's own and Parquet by Iceberg's writer.
 *
 * @param schema the records'
 */
public record TestFiles(Schema schema) {
  /** An Avro container file of one block. */
  public Path avro(Path file, CodecFactory codec, GenericRecord... records) throws IOException {
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema)).setCodec(codec)) {
      writer.create(schema, file.toFile());
      for (GenericRecord record : records) {
        writer.append(record);
      }
    }
    return file;
  }

  /** An uncompressed Avro container file with these blocks. */
  void avroBlocks(Path file, List<List<GenericRecord>> blocks) throws IOException {
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, file.toFile());
      for (List<GenericRecord> block : blocks) {
        for (GenericRecord record : block) {
          writer.append(record);
        }
        writer.sync();
      }
    }
  }

  /** A Parquet file. */
  public Path parquet(Path file, String codec, GenericRecord... records) throws IOException {
    org.apache.iceberg.Schema columns = IcebergColumns.of(schema);
    try (FileAppender<Record> writer =
        Parquet.write(Files.localOutput(file.toFile()))
            .schema(columns)
            .set("write.parquet.compression-codec", codec)
            .createWriterFunc(GenericParquetWriter::create)
            .build()) {
      for (GenericRecord record : records) {
        Record row = org.apache.iceberg.data.GenericRecord.create(columns);
        for (Schema.Field field : schema.getFields()) {
          row.setField(field.name(), value(field.schema(), record.get(field.name())));
        }
        writer.add(row);
      }
    }
    return file;
  }

  /** A record with a field {@code id}, one {@code at} and the others null. */
  static GenericRecord record(Schema schema, String id, long at) {
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", id);
    record.put("at", at);
    return record;
  }

  static void duckDb(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(sql);
    }
  }

  private static Object value(Schema schema, Object value) {
    Schema plain = IcebergColumns.nonNull(schema);
    LogicalType logical = plain.getLogicalType();
    if (value == null) {
      return null;
    }
    if (logical instanceof LogicalTypes.Decimal decimal) {
      byte[] unscaled = new byte[((ByteBuffer) value).remaining()];
      ((ByteBuffer) value).duplicate().get(unscaled);
      return new BigDecimal(new BigInteger(unscaled), decimal.getScale());
    }
    if (logical instanceof LogicalTypes.TimestampMicros) {
      return time(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS));
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return time(Instant.ofEpochMilli((Long) value));
    }
    return value;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Avro's types as Iceberg's. */
  private static final class IcebergColumns {
    private int id;

    static org.apache.iceberg.Schema of(Schema schema) {
      IcebergColumns columns = new IcebergColumns();
      return new org.apache.iceberg.Schema(
          schema.getFields().stream()
              .map(
                  field ->
                      Types.NestedField.optional(
                          ++columns.id, field.name(), columns.type(nonNull(field.schema()))))
              .toList());
    }

    static Schema nonNull(Schema schema) {
      return schema.getType() == Schema.Type.UNION
          ? schema.getTypes().stream()
              .filter(type -> type.getType() != Schema.Type.NULL)
              .findFirst()
              .orElseThrow()
          : schema;
    }

    private org.apache.iceberg.types.Type type(Schema schema) {
      if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
        return Types.DecimalType.of(decimal.getPrecision(), decimal.getScale());
      }
      if (schema.getLogicalType() != null) {
        return Types.TimestampType.withZone();
      }
      return switch (schema.getType()) {
        case BOOLEAN -> Types.BooleanType.get();
        case INT -> Types.IntegerType.get();
        case LONG -> Types.LongType.get();
        case FLOAT -> Types.FloatType.get();
        case DOUBLE -> Types.DoubleType.get();
        case STRING -> Types.StringType.get();
        case BYTES -> Types.BinaryType.get();
        case ARRAY -> Types.ListType.ofOptional(++id, type(nonNull(schema.getElementType())));
        case MAP ->
            Types.MapType.ofOptional(
                ++id, ++id, Types.StringType.get(), type(nonNull(schema.getValueType())));
        default -> throw new IllegalArgumentException(schema.toString());
      };
    }
  }
}
