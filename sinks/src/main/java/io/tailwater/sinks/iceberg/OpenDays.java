// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.sink.TaskWriterFactory;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.io.WriteResult;
import org.jspecify.annotations.Nullable;

/** The days whose files are open, and the files that are complete since the last checkpoint. */
final class OpenDays {
  private final TaskWriterFactory<RowData> files;
  private final int capacity;
  private final Map<Long, TaskWriter<RowData>> writers = new LinkedHashMap<>(16, 0.75f, true);
  private WriteResult.Builder completed = WriteResult.builder();

  OpenDays(TaskWriterFactory<RowData> files, int capacity) {
    this.files = files;
    this.capacity = capacity;
  }

  /** The writer of {@code day}, opened if there is room; null if it is closed and there is none. */
  @Nullable TaskWriter<RowData> writerIfRoom(long day) {
    TaskWriter<RowData> writer = writers.get(day);
    return writer == null && writers.size() < capacity ? open(day) : writer;
  }

  /** The writer of {@code day}; if there is no room, the day that was idle for longest makes it. */
  TaskWriter<RowData> writer(long day) throws IOException {
    TaskWriter<RowData> writer = writers.get(day);
    if (writer != null) {
      return writer;
    }
    if (writers.size() >= capacity) {
      closeLongestIdle();
    }
    return open(day);
  }

  private TaskWriter<RowData> open(long day) {
    TaskWriter<RowData> writer = files.create();
    writers.put(day, writer);
    return writer;
  }

  private void closeLongestIdle() throws IOException {
    Iterator<TaskWriter<RowData>> byIdleTime = writers.values().iterator();
    TaskWriter<RowData> longestIdle = byIdleTime.next();
    byIdleTime.remove();
    completed.add(longestIdle.complete());
  }

  /** Closes all files and hands over what was completed since the last call. */
  WriteResult complete() throws IOException {
    while (!writers.isEmpty()) {
      closeLongestIdle();
    }
    WriteResult result = completed.build();
    completed = WriteResult.builder();
    return result;
  }

  /** Deletes the files that are open. */
  void abort() throws IOException {
    for (TaskWriter<RowData> writer : writers.values()) {
      writer.abort();
    }
    writers.clear();
  }
}
