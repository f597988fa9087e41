// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileLineageTest {
  private final FileLineage lineage = new FileLineage(new HashSet<>(Set.of("a", "b", "c")));

  @Test
  void filesOfOthersAreNotKnown() {
    lineage.rewrite(1, List.of("x", "y"), List.of("z"));

    assertThat(List.of("x", "y", "z")).noneMatch(lineage::holdsReplaced);
  }

  @Test
  void rowsAreFollowedIntoTheFilesThatTheyAreRewrittenInto() {
    lineage.rewrite(1, List.of("a"), List.of("d", "e"));
    lineage.rewrite(2, List.of("d"), List.of("f"));

    assertThat(List.of("b", "c", "e", "f")).allMatch(lineage::holdsReplaced);
    assertThat(List.of("a", "d")).noneMatch(lineage::holdsReplaced);
    assertThat(lineage.laterFilesIn(List.of("b", "e", "f"))).isEmpty();
  }

  @Test
  void laterFilesOfAllCompactionsAreRemembered() {
    lineage.rewrite(1, List.of("a", "x"), List.of("d", "e"));
    lineage.rewrite(2, List.of("b", "y"), List.of("f"));
    lineage.rewrite(3, List.of("d", "f", "z"), List.of("g"));

    Map<Long, Set<String>> all = Map.of(1L, Set.of("x"), 2L, Set.of("y"), 3L, Set.of("z"));
    assertThat(lineage.laterFilesIn(List.of("c", "e", "g"))).isEqualTo(all);
    assertThat(lineage.laterFilesIn(List.of("e"))).as("mixed with those of g").isEqualTo(all);
    assertThat(lineage.laterFilesIn(List.of("c"))).isEmpty();
  }
}
