// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a job asks for any service: there is none here. */
class MaterializeJobTest {
  private static final String VIEW =
      """
      project: crm
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      batch_feature_views:
        - name: profile
          entity: customer
          tables:
            customers: {connector: %s, columns: {customer_id: BIGINT, score: BIGINT, at: TIMESTAMP(3)}%s}
          query: SELECT * FROM customers
          event_timestamp: at
          features:
            - {name: score, type: INT64}
      """;
  private static final String JDBC =
      VIEW.formatted("jdbc", ", url: 'jdbc:postgresql://127.0.0.1:1/crm', table-name: customers");

  @TempDir private Path folder;
  private TimeZone before;

  @BeforeEach
  void rememberZone() {
    before = TimeZone.getDefault();
  }

  @AfterEach
  void restoreZone() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Lisbon", "Asia/Tokyo", "Europe/London"})
  void timesThroughJdbcWantAJvmInUtc(String zone) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));

    assertThatThrownBy(() -> define(JDBC))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "view 'profile' reads times through JDBC, which takes them for times of the JVM's zone: found %s, expected UTC; start with -Duser.timezone=UTC"
                .formatted(zone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Etc/UTC", "GMT", "Etc/GMT"})
  void aZoneWithTheRulesOfUtcServes(String zone) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));

    assertThatThrownBy(() -> define(JDBC)).hasMessageContaining("--redis HOST:PORT");
  }

  @Test
  void otherConnectorsDoNotAskForTheZone() {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Lisbon"));

    assertThatThrownBy(() -> define(VIEW.formatted("datagen", "")))
        .hasMessageContaining("--redis HOST:PORT");
  }

  private boolean define(String yaml) throws IOException {
    Files.writeString(folder.resolve("crm.yaml"), yaml);
    return new MaterializeJob(
            ProjectLoader.load(folder),
            Settings.DEFAULT,
            MaterializeOptions.range(List.of(), 0, 1),
            EventClock.system(),
            Map.of())
        .define(StreamExecutionEnvironment.getExecutionEnvironment(PipelineConfiguration.batch()));
  }
}
