// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static io.tailwater.definitions.evolution.Versions.edit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream cannot go on over, with all that is said about it. */
class RefusedChangesTest {
  private static final String ANEW = "begin with history (--history), without the savepoint";

  @TempDir private Path folder;
  private Versions versions;

  @BeforeEach
  void writeProjects() {
    versions = new Versions(folder);
  }

  private List<String> refusals(Versions.Edit... edits) throws IOException {
    return versions.change(edits).allRefusals().stream().map(Refusal::toString).toList();
  }

  @Test
  void anotherKeyIsAnotherView() throws IOException {
    assertThat(
            refusals(
                edit("{name: customer_id, type: INT64}", "{name: customer_id, type: INT32}"),
                edit("\"buyer\", \"type\": \"long\"", "\"buyer\", \"type\": \"int\""),
                edit("source: carts\n", "source: orders\n    keys: {customer_id: buyer}\n")))
        .contains(
            "spending: join keys customer_id INT64 → customer_id INT32: state and stores are by"
                + " key: give the view another name");
  }

  @Test
  void eventsAreKnownByTheirIdsAndTimes() throws IOException {
    assertThat(refusals(edit("event_id: [order_id]", "event_id: [order_id, buyer]")))
        .containsExactly(
            "orders: event_id order_id → order_id, buyer: events would not be"
                + " known again by their ids: "
                + ANEW);
    assertThat(
            refusals(
                edit(
                    "event_time: at_time\n    event_id: [order_id]",
                    "event_time: paid_at\n    event_id: [order_id]")))
        .containsExactly(
            "orders: event_time at_time → paid_at: events would be at other"
                + " times than the state has them: "
                + ANEW);
  }

  @Test
  void offsetsAreOfATopic() throws IOException {
    assertThat(refusals(edit("topic: orders", "topic: sales")))
        .containsExactly(
            "orders: topic orders → sales: its offsets are of the other topic: " + ANEW);
  }

  @Test
  void aSourceThatNoViewReadsDoesNotMatter() throws IOException {
    ProjectChange change =
        ProjectChange.between(
            versions.load(
                "a", edit("source: carts\n", "source: orders\n    keys: {customer_id: buyer}\n")),
            versions.load(
                "b",
                edit("source: carts\n", "source: orders\n    keys: {customer_id: buyer}\n"),
                edit("event_id: cart_id", "event_id: customer_id")));

    assertThat(change.isEmpty()).isTrue();
  }

  @Test
  void aProjectKeepsItsName() throws IOException {
    assertThat(refusals(edit("project: shop", "project: store")))
        .containsExactly(
            "store: the project was 'shop', which the names of all tables and keys begin with: keep"
                + " its name, or start the new project on its own, without the savepoint");
  }

  @Test
  void aRenamedFeatureIsTheSameValue() throws IOException {
    assertThat(
            refusals(
                edit(
                    "{name: most_7d, aggregate: max(quantity), window: 7d}",
                    "{name: most_3d, was: most_7d, aggregate: max(quantity), window: 3d}")))
        .containsExactly(
            "spending:most_3d: was 'most_7d', with other values: window 7d → 3d: 'was' is for the"
                + " same value under a new name: rename it first and change it then, or drop 'was'");
  }

  @Test
  void aFormerNameIsOneThatWas() throws IOException {
    assertThat(refusals(edit("{name: most_7d,", "{name: top_7d, was: mots_7d,")))
        .containsExactly(
            "spending:top_7d: was 'mots_7d', of which nothing is known: did you mean 'most_7d'?");
    assertThat(refusals(edit("{name: most_7d,", "{name: top_7d, was: something_else,")))
        .containsExactly(
            "spending:top_7d: was 'something_else', of which nothing is known: drop 'was' if the"
                + " feature is new; so far there are days_since, last_at, mean, most_7d, n_7d, ok_7d,"
                + " spend_30d");
  }

  @Test
  void aFormerNameIsNotThatOfAnotherFeature() throws IOException {
    assertThat(
            refusals(
                edit("\n      - {name: most_7d, aggregate: max(quantity), window: 7d}", ""),
                edit("{name: ok_7d,", "{name: ok_7d, was: most_7d,")))
        .containsExactly(
            "spending:ok_7d: was 'most_7d', but so far the view has both: drop 'was', and 'ok_7d'"
                + " goes on as it is; or give it a name of its own");
  }

  @Test
  void aLifetimeIsNotLostBesideANewOneThatNeedsMore() throws IOException {
    Versions.Edit lifetime =
        edit(
            "{name: most_7d, aggregate: max(quantity), window: 7d}",
            "{name: ever, aggregate: sum(total), window: lifetime}");
    Versions.Edit both =
        edit(
            "{name: most_7d, aggregate: max(quantity), window: 7d}",
            "{name: ever, aggregate: sum(total), window: lifetime}\n"
                + "      - {name: spread, aggregate: stddev_pop(total), window: lifetime}");

    assertThat(
            ProjectChange.between(versions.load("a", lifetime), versions.load("b", both))
                .allRefusals())
        .extracting(Refusal::toString)
        .containsExactly(
            "spending:ever: the state of a lifetime has not all that a new feature over the same"
                + " values and lifetime needs beside it: put the new feature into a view of its own,"
                + " or begin with history (--history), without the savepoint");
  }

  @Test
  void aViewIsOfOneKind() throws IOException {
    assertThat(
            refusals(
                edit("name: scores", "name: browsing"),
                edit("name: browsing\n    entity", "name: carting\n    entity")))
        .containsExactly(
            "browsing: is an on-demand view, was a view over events: give the view another name");
  }
}
