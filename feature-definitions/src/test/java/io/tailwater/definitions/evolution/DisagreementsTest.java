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

/** What readers and jobs are told whose definitions are not those that are applied. */
class DisagreementsTest {
  private static final String MOST =
      "\n      - {name: most_7d, aggregate: max(quantity), window: 7d}";

  @TempDir private Path folder;
  private Versions versions;

  @BeforeEach
  void writeProjects() {
    versions = new Versions(folder);
  }

  private List<String> ofReader(Versions.Edit... edits) throws IOException {
    return Disagreements.ofReader(versions.load("before"), versions.load("after", edits));
  }

  private List<String> ofOlderReader(Versions.Edit... edits) throws IOException {
    return Disagreements.ofReader(versions.load("after", edits), versions.load("before"));
  }

  private List<String> ofJob(Set<String> views, Versions.Edit... edits) throws IOException {
    return Disagreements.ofJob(
        versions.load("before"), versions.load("after", edits), views::contains);
  }

  @Test
  void anotherSpellingIsNoDisagreement() throws IOException {
    Versions.Edit spelling = edit("quantity * price", "(quantity * price)");

    assertThat(ofReader(spelling)).isEmpty();
    assertThat(ofJob(Set.of("spending", "profile"), spelling)).isEmpty();
  }

  @Test
  void aReaderOfOtherValuesIsToldWhich() throws IOException {
    assertThat(ofReader(edit("max(quantity), window: 7d", "max(quantity), window: 3d")))
        .containsExactly("spending:most_7d: window 7d → 3d");
    assertThat(ofReader(edit("score + 1", "score + 2")))
        .containsExactly("scores:again: expression score + 1 → score + 2");
    assertThat(ofReader(edit("- name: browsing", "- name: browsing\n    ttl: 2d")))
        .containsExactly("browsing: ttl none → 2d");
  }

  @Test
  void aReaderOfWhatIsNotAppliedIsTold() throws IOException {
    assertThat(
            ofReader(
                edit(MOST, MOST + MOST.replace("most_7d", "more_7d")),
                edit("name: browsing", "name: carting")))
        .containsExactly("spending:more_7d: is not applied", "carting: is not applied");
    assertThat(ofReader(edit("most_7d,", "maximum_7d, was: most_7d,")))
        .containsExactly("spending:maximum_7d: is applied as 'most_7d'");
  }

  /** As between apply and the deployment of the readers: what it reads is as it was. */
  @Test
  void aReaderMayBeOlderThanWhatIsAdded() throws IOException {
    assertThat(ofOlderReader(edit(MOST, MOST + MOST.replace("most_7d", "more_7d")))).isEmpty();
  }

  @Test
  void anOlderReaderOfWhatIsRenamedOrDroppedIsTold() throws IOException {
    assertThat(ofOlderReader(edit("most_7d,", "maximum_7d, was: most_7d,")))
        .containsExactly("spending:most_7d: is not applied");
    assertThat(ofOlderReader(edit(MOST, ""))).containsExactly("spending:most_7d: is not applied");
  }

  @Test
  void aJobHasToWriteAllThatIsAppliedAndNothingElse() throws IOException {
    assertThat(ofJob(Set.of("spending"), edit(MOST, "")))
        .containsExactly("spending:most_7d: is applied, and not in these definitions");
    assertThat(ofJob(Set.of("browsing"), edit(MOST, ""))).isEmpty();
    assertThat(ofJob(Set.of("browsing", "carting"), edit("name: browsing", "name: carting")))
        .containsExactly(
            "carting: is not applied", "browsing: is applied, and not in these definitions");
    assertThat(ofJob(Set.of("spending"), edit("where: price > 0", "where: price > 1")))
        .contains("spending: where of orders price > 0 → price > 1");
  }

  @Test
  void aJobOfOtherEventsIsTold() throws IOException {
    assertThat(ofJob(Set.of(), edit("topic: orders", "topic: purchases")))
        .containsExactly("orders: topic orders → purchases");
  }
}
