// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReplayTest {
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;

  @TempDir private Path folder;

  private final List<ReplayEvent> events = new ArrayList<>();
  private ProjectReplay project;

  @BeforeEach
  void load() throws IOException {
    Files.writeString(
        folder.resolve("pay.avsc"),
        """
        {"type": "record", "name": "Pay", "fields": [
          {"name": "id", "type": "string"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "card", "type": ["null", "long"]},
          {"name": "shop", "type": "bytes"},
          {"name": "amount", "type": "double"}
        ]}
        """);
    Files.writeString(
        folder.resolve("pay.yaml"),
        """
        project: pay
        entities:
          - {name: card, join_keys: [{name: card, type: INT64}]}
          - {name: shop, join_keys: [{name: shop, type: BYTES}]}
        sources:
          - {name: pays, schema: pay.avsc, event_time: at, event_id: [id]}
        feature_views:
          - name: spend
            entity: card
            source: pays
            ttl: 2d
            features:
              - {name: total, aggregate: sum(amount), window: 1d}
              - {name: total_before, aggregate: sum(amount), window: {length: 1d, offset: 1h}}
              - {name: share, expression: total / total_before}
              - {name: big, aggregate: count(*), where: amount > 100, window: 1d}
          - name: takings
            entity: shop
            source: pays
            features:
              - {name: pays, aggregate: count(*), window: 1d}
        """);
    project = new ProjectReplay(ProjectLoader.load(folder));
  }

  @Test
  void ofTwoContentsOfAnEventTheLesserCountsWhateverComesFirst() {
    pay("a", 0, 1L, 30.0);
    pay("a", 0, 1L, 20.0);
    pay("b", 0, 1L, 1.0);

    assertThat(value("spend", "total", 1L, HOUR)).isEqualTo(21.0);
    assertThat(windows("total", HOUR).get(0).inside())
        .extracting(event -> event.event().row()[4])
        .containsExactlyInAnyOrder(20.0, 1.0);
  }

  @Test
  void windowsTellWhenEventsEnterAndLeave() {
    pay("a", 0, 1L, 30.0);
    pay("b", HOUR, 1L, 200.0);

    List<FeatureWindow> windows = windows("share", HOUR);

    assertThat(windows)
        .extracting(window -> window.feature().name())
        .containsExactly("total", "total_before");
    assertThat(windows.get(0).inside())
        .extracting(WindowEvent::leaves)
        .containsExactly(DAY + 1, HOUR + DAY + 1);
    assertThat(windows.get(1).inside()).extracting(WindowEvent::enters).containsExactly(HOUR);
    assertThat(windows.get(1).outside()).extracting(WindowEvent::enters).containsExactly(2 * HOUR);
    assertThat(windows.get(1).lowerEnd()).isEqualTo(-DAY);
    assertThat(windows.get(1).upperEnd()).isZero();
    assertThat(value("spend", "share", 1L, HOUR)).isEqualTo(230.0 / 30.0);
    assertThat(windows("big", HOUR).get(0).events()).hasSize(1);
  }

  @Test
  void aRowIsNoneAfterItsTtl() {
    pay("a", 0, 1L, 30.0);

    // The last row is that of the event's leaving the lagged window.
    long last = DAY + HOUR + 1;
    assertThat(value("spend", "big", 1L, last + 2 * DAY)).isEqualTo(0L);
    assertThat(value("spend", "big", 1L, last + 2 * DAY + 1)).isNull();
  }

  @Test
  void whatAViewHasRefusedCountsInOthers() {
    pay("a", 0, 1L, 30.0);
    pay("b", 0, 1L, 1.0);

    Replay replay =
        project.replay(
            events, (view, event) -> view.equals("spend") && event.position().equals("b"), DAY);

    assertThat(replay.value(question("spend", "total", Map.of("card", new Object[] {1L}), 0)))
        .isEqualTo(30.0);
    Map<String, Object[]> shop = Map.of("shop", new Object[] {new byte[] {7}});
    assertThat(replay.value(question("takings", "pays", shop, 0))).isEqualTo(2L);
  }

  @Test
  void onlyEventsOfTheEntityConcernAQuestion() {
    pay("a", 0, 1L, 30.0);
    pay("b", 0, 2L, 30.0);
    pay("c", 0, null, 30.0);
    Question question = question("spend", "total", Map.of("card", new Object[] {1L}), 0);

    assertThat(events.stream().filter(event -> project.concerns(question, event)))
        .extracting(ReplayEvent::position)
        .containsExactly("a");
  }

  @Test
  void storedRowsAreReadAsTheStoresAre() {
    Question question = question("spend", "share", Map.of("card", new Object[] {1L}), DAY);
    StoredRow row = new StoredRow(0, new Object[] {4.0, 2.0, 2.0, 1L});

    assertThat(project.read(question, view -> Optional.of(row))).isEqualTo(2.0);
    assertThat(project.read(question.at(2 * DAY + 1), view -> Optional.of(row))).isNull();
    assertThat(project.read(question, view -> Optional.empty())).isNull();
  }

  @Test
  void questionsThatCannotBeAnsweredAreRefused() {
    Replay replay = project.replay(events, DAY);
    Map<String, Object[]> card = Map.of("card", new Object[] {1L});

    assertThatThrownBy(() -> replay.value(question("spend", "total", card, DAY + 1)))
        .hasMessage("asked for 86400001, replayed until 86400000");
    assertThatThrownBy(() -> replay.value(question("spend", "total", Map.of(), DAY)))
        .hasMessage("no key of entity 'card'");
  }

  private void pay(String id, long time, Long card, double amount) {
    Object[] row = {id, time, card, new byte[] {7}, amount};
    events.add(new ReplayEvent("pays", row, time, id.getBytes(UTF_8), id));
  }

  private Object value(String view, String feature, long card, long instant) {
    Map<String, Object[]> key = Map.of("card", new Object[] {card});
    return project.replay(events, instant).value(question(view, feature, key, instant));
  }

  private List<FeatureWindow> windows(String feature, long instant) {
    Map<String, Object[]> key = Map.of("card", new Object[] {1L});
    return project.replay(events, instant).windows(question("spend", feature, key, instant));
  }

  private static Question question(
      String view, String feature, Map<String, Object[]> keys, long instant) {
    return new Question(new FeatureReference(view, feature), keys, instant, false, Map.of());
  }
}
