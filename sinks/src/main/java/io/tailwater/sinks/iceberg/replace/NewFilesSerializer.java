// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.util.JsonUtil;

/**
 * The number of files, then each in Iceberg's own JSON: its length in bytes, its UTF-8.
 *
 * @param specs the table's, by their ids
 */
record NewFilesSerializer(Map<Integer, PartitionSpec> specs)
    implements SimpleVersionedSerializer<NewFiles> {
  private static final int VERSION = 1;
  private static final int INITIAL_SIZE = 4096;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(NewFiles files) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_SIZE);
    out.writeInt(files.files().size());
    for (DataFile file : files.files()) {
      byte[] json = ContentFileParser.toJson(file, spec(file)).getBytes(UTF_8);
      out.writeInt(json.length);
      out.write(json);
    }
    return out.getCopyOfBuffer();
  }

  private PartitionSpec spec(DataFile file) throws IOException {
    PartitionSpec spec = specs.get(file.specId());
    if (spec == null) {
      throw new IOException(
          "File %s has the partition spec %d; the table has %s"
              .formatted(file.location(), file.specId(), specs.keySet()));
    }
    return spec;
  }

  @Override
  public NewFiles deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "A committable of format %d; this version of Tailwater reads format %d"
              .formatted(version, VERSION));
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    int count = in.readInt();
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] json = new byte[in.readInt()];
      in.readFully(json);
      files.add(file(new String(json, UTF_8)));
    }
    return new NewFiles(files);
  }

  private DataFile file(String json) {
    return JsonUtil.parse(json, node -> (DataFile) ContentFileParser.fromJson(node, specs));
  }
}
