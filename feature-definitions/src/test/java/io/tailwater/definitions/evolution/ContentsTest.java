// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static io.tailwater.definitions.evolution.Versions.edit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {
  @TempDir private Path folder;
  private Versions versions;

  @BeforeEach
  void writeProjects() {
    versions = new Versions(folder);
  }

  /** The views whose digest is another one by the edits. */
  private Set<String> changed(Versions.Edit... edits) throws IOException {
    TreeMap<String, String> before = new TreeMap<>(Contents.of(versions.load("before")).views());
    TreeMap<String, String> after =
        new TreeMap<>(Contents.of(versions.load("after", edits)).views());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.entrySet().removeAll(before.entrySet());
    return after.keySet();
  }

  @Test
  void spellingOrderAndDescriptionDoNotCount() throws IOException {
    String n = "- {name: n_7d, aggregate: count(*), window: 7d}";
    String carts = "- {name: carts_1d, aggregate: count(*), window: 1d}";
    assertThat(
            changed(
                edit("where: price > 0", "where: price>0"),
                edit("spend_30d / n_7d", "(spend_30d) / `n_7d`"),
                edit("sum(total)", "sum(quantity * price)"),
                edit("url: here", "url: there"),
                edit(carts, carts.replace("aggregate", "description: Carts, aggregate")),
                edit("- {name: most_7d, aggregate: max(quantity), window: 7d}", n),
                edit(
                    "\n      " + n + "\n      - {name: spend",
                    "\n      - {name: most_7d, aggregate: max(quantity), window: 7d}\n      - {name: spend")))
        .isEmpty();
  }

  @Test
  void whatDecidesAValueCountsForAllThatUseIt() throws IOException {
    assertThat(changed(edit("window: 30d, default: 0.0", "window: 30d, default: 1.0")))
        .isEqualTo(new TreeSet<>(Set.of("spending", "scores")));
    assertThat(changed(edit("columns: {total: quantity * price}", "columns: {total: price}")))
        .isEqualTo(new TreeSet<>(Set.of("spending", "scores")));
    assertThat(
            changed(
                edit(
                    "carts_1d, aggregate: count(*), window: 1d",
                    "carts_1d, aggregate: count(*), window: 2d")))
        .containsExactly("browsing");
    assertThat(changed(edit("score + 1", "score + 2"))).containsExactly("scores");
    assertThat(changed(edit("name: browsing", "name: browsing\n    ttl: 2d")))
        .containsExactly("browsing");
    assertThat(changed(edit("n AS visits", "n + 1 AS visits")))
        .isEqualTo(new TreeSet<>(Set.of("profile", "scores")));
  }

  @Test
  void onlyStoredFeaturesHaveColumns() throws IOException {
    assertThat(Contents.of(versions.load("before")).storedFeatures().keySet())
        .containsExactly(
            "browsing:carts_1d",
            "profile:often",
            "profile:visits",
            "spending:last_at",
            "spending:mean",
            "spending:most_7d",
            "spending:n_7d",
            "spending:ok_7d",
            "spending:spend_30d");
  }

  /** What is published and stamped by one release is compared by the next one. */
  @Test
  void theDigestOfADefinitionStays() throws IOException {
    assertThat(Contents.of(versions.load("before")).views().get("browsing"))
        .isEqualTo("654bdb6dbc568d93ad0e1fd65af9cc724e595b92faf0cd41e12e2f636b9bbada");
  }
}
