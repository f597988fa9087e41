// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static io.tailwater.definitions.evolution.Versions.edit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may not be applied in silence. */
class ObstacleTest {
  @TempDir private Path folder;
  private Versions versions;

  @BeforeEach
  void writeProjects() {
    versions = new Versions(folder);
  }

  private List<Obstacle> obstacles(Versions.Edit... edits) throws IOException {
    return Obstacle.of(versions.change(edits), List.of());
  }

  @Test
  void whatAddsRenamesOrDropsIsFree() throws IOException {
    assertThat(
            obstacles(
                edit("n_7d, aggregate", "orders_7d, was: n_7d, aggregate"),
                edit("/ n_7d", "/ orders_7d"),
                edit("{name: most_7d, aggregate: max", "{name: least_7d, aggregate: min")))
        .isEmpty();
  }

  @Test
  void otherValuesUnderOneNameAreNot() throws IOException {
    assertThat(obstacles(edit("sum(total), window: 30d", "sum(total), window: 20d")))
        .extracting(Obstacle::toString)
        .containsExactly(
            "spending:spend_30d: window 30d → 20d: give it another name, or make the rows of before"
                + " right: tailwater backfill --view spending",
            "spending:mean: 'spend_30d', which it uses: give it another name, or make the rows of"
                + " before right: tailwater backfill --view spending");
  }

  @Test
  void ofAQueryTheyAreNotEither() throws IOException {
    assertThat(obstacles(edit("FROM people", "FROM people WHERE n > 0")))
        .extracting(Obstacle::toString)
        .containsExactly(
            "profile:visits: query: give it another name, or make the rows of before right:"
                + " tailwater materialize START END",
            "profile:often: 'visits', which it uses: give it another name, or make the rows of"
                + " before right: tailwater materialize START END");
  }

  @Test
  void whatIsComputedWhenItIsReadHasNoRowsOfBefore() throws IOException {
    assertThat(
            obstacles(
                edit("TIMESTAMPDIFF(DAY", "TIMESTAMPDIFF(HOUR"), edit("score + 1", "score + 2")))
        .isEmpty();
  }

  /** What is computed of it may overflow no more, and is another value then. */
  @Test
  void aWiderTypeLeavesValuesAsTheyAreButNotWhatUsesThem() throws IOException {
    assertThat(obstacles(edit("{name: visits, type: INT32}", "{name: visits, type: INT64}")))
        .extracting(Obstacle::subject)
        .containsExactly("profile:often");
  }

  @Test
  void aNameThatAnEarlierVersionHadIsNotFree() throws IOException {
    List<Obstacle> obstacles = Obstacle.of(versions.change(), List.of("spending:old"));

    assertThat(obstacles).extracting(Obstacle::subject).containsExactly("spending:old");
    assertThat(obstacles.get(0).isAmong(Set.of("spending:old"))).isTrue();
  }

  @Test
  void whatIsMeantIsSaidByNameOrForAView() throws IOException {
    Obstacle changed = obstacles(edit("max(quantity)", "min(quantity)")).get(0);

    assertThat(changed.isAmong(Set.of("spending:most_7d"))).isTrue();
    assertThat(changed.isAmong(Set.of("spending:*"))).isTrue();
    assertThat(changed.isAmong(Set.of("browsing:*", "spending", "spending:most"))).isFalse();
    assertThat(changed.isAmong(Set.of())).isFalse();
  }

  @Test
  void whatHistoryHealsMayBeMeantAndNothingElse() throws IOException {
    Obstacle ids = obstacles(edit("[order_id]", "[order_id, buyer]")).get(0);
    Obstacle type =
        obstacles(
                edit("{name: visits, type: INT32}", "{name: visits, type: STRING}"),
                edit("visits > 10", "visits > '10'"),
                edit("visits > 3", "visits > '3'"))
            .get(0);

    assertThat(ids.isAmong(Set.of("orders"))).isTrue();
    assertThat(type.subject()).isEqualTo("profile:visits");
    assertThat(type.isAmong(Set.of("profile:visits", "profile:*"))).isFalse();
  }
}
