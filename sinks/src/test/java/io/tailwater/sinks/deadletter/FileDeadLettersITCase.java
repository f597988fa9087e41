// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.sinks.FailsOnce;
import io.tailwater.sinks.TestJobs;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FileDeadLettersITCase {
  private static final int LETTERS = 300;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(TestJobs.PARALLELISM)
              .build());

  @TempDir Path checkpoints;
  @TempDir Path directory;

  @Test
  void everyLetterIsInTheFilesOnceWhenTheJobFailsInBetween() throws Exception {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    TestJobs.numbers(environment, LETTERS, 100)
        .map(Letters::atOffset)
        .uid("letters")
        .returns(TypeInformation.of(DeadLetter.class))
        .map(FailsOnce.atRecord("dead-letters-file", 90))
        .uid("fails-once")
        .returns(TypeInformation.of(DeadLetter.class))
        .sinkTo(FileDeadLetters.sink(directory))
        .uid("dead-letters");

    environment.execute();

    assertThat(FailsOnce.failed("dead-letters-file")).isTrue();
    assertThat(lines(directory.resolve("orders.dead-letters")))
        .extracting(line -> line.replaceAll(".*\"value\":\"([^\"]*)\".*", "$1"))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, LETTERS).mapToObj(n -> "bytes " + n).toList());
  }

  /** The lines of the finished files. */
  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().matches("part-.*\\.jsonl")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }
}
