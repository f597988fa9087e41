// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLocalFileSystemTest {
  private static final long TIME = 1_767_225_600_000L;

  @TempDir private Path folder;

  @Test
  void aFileThatGoesWhileItIsListedIsNoTrouble() throws Exception {
    Path file = Files.writeString(folder.resolve("a b%20.parquet"), "test");
    Files.setLastModifiedTime(file, FileTime.fromMillis(TIME));
    FileSystem files = FileSystem.get(folder.toUri(), PlainLocalFileSystem.configuration());
    assertThat(files).isInstanceOf(PlainLocalFileSystem.class);

    FileStatus[] listed = files.listStatus(new org.apache.hadoop.fs.Path(folder.toUri()));
    Files.delete(file);

    assertThat(listed).hasSize(1);
    // What Hadoop does with each file when it lists a folder with those below it.
    LocatedFileStatus status = new LocatedFileStatus(listed[0], null);
    assertThat(status.getLen()).isEqualTo(4);
    assertThat(status.getModificationTime()).isEqualTo(TIME);
    assertThat(status.isFile()).isTrue();
    assertThat(OrphanFiles.path(status.getPath().toString())).isEqualTo(file.toString());
  }
}
