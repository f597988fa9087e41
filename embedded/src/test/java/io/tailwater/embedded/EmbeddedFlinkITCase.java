// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class EmbeddedFlinkITCase {
  @Test
  void runsOneJobAfterAnotherAndShowsTheWebUi() throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      assertThat(run(flink)).containsExactlyInAnyOrder(0L, 2L, 4L);
      assertThat(run(flink)).containsExactlyInAnyOrder(0L, 2L, 4L);

      assertThat(get(flink.webUi())).contains("Apache Flink");
      assertThat(flink.cluster().listJobs().get(10, TimeUnit.SECONDS)).hasSize(2);
    }
  }

  @Test
  void refusesOperatorsWithoutAUid() {
    try (EmbeddedFlink flink = EmbeddedFlink.create(1)) {
      StreamExecutionEnvironment environment = flink.environment();
      environment.fromSequence(1, 2).map(number -> number).print();

      assertThatThrownBy(environment::execute).hasStackTraceContaining("Auto generated UIDs");
    }
  }

  @Test
  void freesItsPortWhenItIsClosed() {
    EmbeddedFlink flink = EmbeddedFlink.create(1);
    flink.close();
    flink.close();

    Ports.requireFree("Test", flink.webUi().getPort());
    assertThat(flink.cluster().isRunning()).isFalse();
  }

  private static List<Long> run(EmbeddedFlink flink) throws Exception {
    StreamExecutionEnvironment environment = flink.environment();
    environment.setParallelism(2);
    DataStream<Long> doubled =
        environment
            .fromSequence(0, 2)
            .uid("numbers")
            .map(number -> number * 2)
            .returns(Types.LONG)
            .uid("double");
    return doubled.executeAndCollect(3);
  }

  private static String get(URI address) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try {
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
