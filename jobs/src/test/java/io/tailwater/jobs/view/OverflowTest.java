// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a definition to the metric: results of aggregates that do not fit their type. */
class OverflowTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Play", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "customer_id", "type": "long"},
        {"name": "points", "type": ["null", "long"]},
        {"name": "size", "type": ["null", "double"]},
        {"name": "game", "type": "string"}]}
      """;
  private static final String YAML =
      """
      project: games
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      sources:
        - {name: plays, schema: play.avsc, event_time: at, event_id: [id]}
      feature_views:
        - name: play
          entity: customer
          source: plays
          features:
            - {name: points, aggregate: sum(points), window: 1s}
            - {name: again, aggregate: sum(points), window: 1s, default: 0}
            - {name: mean, aggregate: avg(points), window: 1s}
            - {name: by_game, aggregate: sum(points), by: game, window: 1s}
            - {name: size, aggregate: sum(size), window: 1s}
            - {name: spread, aggregate: var_samp(size), window: 1s}
            - {name: least, aggregate: min(size), window: 1s}
            - {name: half, expression: points / 2}
      """;

  @TempDir private Path directory;
  private FeatureView view;
  private InputProgram input;

  @BeforeEach
  void load() throws Exception {
    Files.writeString(directory.resolve("play.avsc"), SCHEMA);
    Files.writeString(directory.resolve("games.yaml"), YAML);
    view = ProjectLoader.load(directory).views().get(0);
    input = ViewProgram.compile(view).input(0);
  }

  @Test
  void aSumBeyondInt64CountsForEveryFeatureThatIsIt() throws Exception {
    try (WindowsHarness windows = Setup.of(view).start()) {
      play(windows, 1_000, Long.MAX_VALUE, null, "go");
      assertThat(counts(windows)).containsOnly(0L);

      play(windows, 1_001, 1L, null, "chess");

      assertThat(windows.lastOnline().values()[0]).isNull();
      assertThat(windows.lastOnline().values()[1]).isEqualTo(0L);
      assertThat(windows.lastOnline().values()[3])
          .isEqualTo(Map.of("go", Long.MAX_VALUE, "chess", 1L));
      assertThat(count(windows, "points")).isEqualTo(1);
      assertThat(count(windows, "again")).isEqualTo(1);
      assertThat(count(windows, "mean")).isZero();
      assertThat(count(windows, "by_game")).isZero();
    }
  }

  @Test
  void aCategoryThatIsMissingForItCountsOnce() throws Exception {
    try (WindowsHarness windows = Setup.of(view).start()) {
      play(windows, 1_000, Long.MAX_VALUE, null, "go");
      play(windows, 1_001, Long.MIN_VALUE, null, "chess");
      play(windows, 1_002, 1L, null, "go");
      assertThat(count(windows, "by_game")).isEqualTo(1);

      play(windows, 1_003, -1L, null, "chess");

      assertThat(windows.lastOnline().values()[3]).isEqualTo(Map.of());
      assertThat(count(windows, "by_game")).isEqualTo(3);
      assertThat(count(windows, "points")).isZero();
    }
  }

  @Test
  void aNullForWantOfValuesDoesNotCount() throws Exception {
    try (WindowsHarness windows = Setup.of(view).start()) {
      play(windows, 1_000, null, null, "go");
      play(windows, 1_001, null, 1e300, "go");
      assertThat(counts(windows)).containsOnly(0L);

      play(windows, 1_002, null, -1e300, "go");

      assertThat(windows.lastOnline().values()[5]).isNull();
      assertThat(count(windows, "spread")).isEqualTo(1);
      assertThat(count(windows, "size")).isZero();
      assertThat(count(windows, "least")).isZero();
    }
  }

  private void play(WindowsHarness windows, long time, Long points, Double size, String game)
      throws Exception {
    Object[] row = input.extend(new Object[] {"p" + time, time, 1L, points, size, game}, time);
    windows.event(
        new ViewEvent(
            0,
            WindowsHarness.key(1),
            time,
            ("p" + time).getBytes(UTF_8),
            input.columns(row),
            "plays/0/0",
            null,
            new byte[] {1}));
  }

  private Iterable<Long> counts(WindowsHarness windows) {
    return view.features().stream().map(feature -> count(windows, feature.name())).toList();
  }

  private static long count(WindowsHarness windows, String feature) {
    return windows.metric("tailwater.view.play.feature.%s.overflow".formatted(feature));
  }
}
