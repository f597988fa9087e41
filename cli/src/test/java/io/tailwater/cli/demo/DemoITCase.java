// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.embedded.EmbeddedServiceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoITCase {
  private static final Pace QUICK = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(1));
  private static final DemoPorts ANY = new DemoPorts(0, 0, 0);
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path folder;

  @Test
  void nothingDiffersAndNothingIsLeftBehindTwiceInARow() throws Exception {
    for (long seed = 1; seed <= 2; seed++) {
      StringWriter story = new StringWriter();
      Path report = folder.resolve("report.json");

      boolean perfect =
          new DemoRun(
                  options(3_000, seed, report, ANY),
                  StatusLine.on(new PrintWriter(story), CLOCK),
                  CLOCK)
              .run();

      assertThat(perfect).as(story.toString()).isTrue();
      assertReport(new ObjectMapper().readTree(report.toFile()));
      assertThat(story.toString()).contains("purchases_today 0", "0 differences", "iceberg_scan(");
      assertThat(redisServers()).isEmpty();
    }
  }

  @Test
  void aPortInUseIsRefusedWithItsOwner() {
    try (EmbeddedRedis taken = EmbeddedRedis.create()) {
      DemoRun demo =
          new DemoRun(
              options(1_000, 1, null, new DemoPorts(0, taken.port(), 0)),
              StatusLine.on(new PrintWriter(new StringWriter()), CLOCK),
              CLOCK);

      assertThatThrownBy(demo::run)
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining("Redis cannot listen on 127.0.0.1:" + taken.port());
    }
  }

  @Test
  void twoDemosDoNotShareAFolder() throws Exception {
    try (DemoFolder open = DemoFolder.open(folder.resolve("demo"))) {
      assertThat(open.warehouse()).startsWithRaw(folder);
      assertThatThrownBy(() -> DemoFolder.open(folder.resolve("demo")))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("Another demo runs in " + folder.resolve("demo"));
    }
    DemoFolder.open(folder.resolve("demo")).close();
  }

  private static void assertReport(JsonNode report) {
    assertThat(report.get("differences").longValue()).isZero();
    assertThat(report.get("compared").longValue()).isGreaterThan(5_000);
    assertThat(report.get("views")).isEqualTo(report.get("expected_views")).isNotEmpty();
    assertThat(report.get("views")).hasSize(6);
    for (JsonNode view : report.get("views")) {
      for (String verdict : List.of("applied", "duplicate", "too_late", "malformed", "future")) {
        assertThat(view.get(verdict).longValue()).as("%s in %s", verdict, view).isPositive();
      }
      boolean filters = List.of("orders", "page_views").contains(view.get("source").textValue());
      assertThat(view.get("filtered").longValue() > 0).as("%s", view).isEqualTo(filters);
    }
    assertThat(report.get("freshness_ms").get("samples").intValue()).isPositive();
  }

  private static List<String> redisServers() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> process.info().command().stream())
        .filter(command -> command.contains("redis-server"))
        .toList();
  }

  private DemoOptions options(int events, long seed, Path report, DemoPorts ports) {
    return new DemoOptions(events, seed, folder.resolve("demo"), report, false, ports, QUICK);
  }
}
