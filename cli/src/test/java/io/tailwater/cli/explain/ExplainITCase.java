// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.cli.Tailwater;
import io.tailwater.cli.demo.DemoWorld;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.replay.FeatureWindow;
import io.tailwater.definitions.replay.ProjectReplay;
import io.tailwater.definitions.replay.Question;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.replay.WindowEvent;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.SourceHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations of a demo's values, against the demo's own recomputation and both stores. */
class ExplainITCase {
  private static final int QUESTIONS = 1_000;
  private static final int EVENTS = 3_000;
  private static final long DAY = 86_400_000;
  private static final long SEED = System.nanoTime();

  @TempDir private static Path folder;

  private static DemoWorld demo;

  private StoredDemo stores;
  private final SplittableRandom random = new SplittableRandom(SEED);

  @BeforeAll
  static void play() throws Exception {
    demo = new DemoWorld(folder, EVENTS, SEED);
  }

  @AfterAll
  static void close() throws Exception {
    demo.close();
  }

  @Test
  void agreesWithARecomputationAndBothStores() throws IOException {
    stores = StoredDemo.read(demo);
    List<ReplayEvent> events = new ArrayList<>();
    SourceHistory history = history(Set.of());
    history.forEach(source -> List.of(), events::add);
    assertThat(history.refused().keySet()).hasSize(demo.project().views().size());
    ProjectReplay replay = new ProjectReplay(demo.project());
    Explainer explainer =
        new Explainer(
            replay, events, history.refused(), Math.max(stores.newestVector(), demo.complete()));
    int nulls = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      nulls += check(explainer, i) == null ? 1 : 0;
    }
    assertThat(nulls).as("questions of seed %d without a value", SEED).isLessThan(QUESTIONS / 2);
    checkRefused(explainer, replay, events, history.refused());
  }

  /** Where the stream has refused an event for its time it is shown, and does not count. */
  private void checkRefused(
      Explainer explainer,
      ProjectReplay replay,
      List<ReplayEvent> events,
      Map<String, Set<String>> refused) {
    int shown = 0;
    for (FeatureView view : demo.project().views()) {
      AggregateFeature feature = (AggregateFeature) view.features().get(0);
      for (ReplayEvent event : events) {
        long instant = event.time();
        if (!refused.get(view.name()).contains(event.position()) || instant > demo.complete()) {
          continue;
        }
        for (List<Object> key : demo.keys(view)) {
          if (replay.concerns(question(view, feature, key, instant), event)) {
            Explanation explanation = ask(explainer, view, feature, key, instant, "refused");
            shown += explanation.refused().size();
          }
        }
      }
    }
    assertThat(shown).as("refused events of seed %d", SEED).isPositive();
  }

  @Test
  void anArchiveHasTheSameEvents() throws IOException {
    List<ReplayEvent> sent = new ArrayList<>();
    history(Set.of()).forEach(source -> List.of(), sent::add);
    List<ReplayEvent> archived = new ArrayList<>();
    history(Set.of("orders")).forEach(source -> List.of(), archived::add);
    List<ReplayEvent> ofTheHero = new ArrayList<>();
    history(Set.of("orders"))
        .forEach(
            source -> List.of(Map.of("customer_id", demo.hero())),
            event -> {
              if (event.source().equals("orders")) {
                ofTheHero.add(event);
              }
            });

    assertThat(archived).hasSameSizeAs(sent).hasSizeGreaterThan(EVENTS / 2);
    assertThat(archived.stream().map(ExplainITCase::describe))
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(ExplainITCase::describe).toList());
    assertThat(ofTheHero).hasSizeBetween(6, 20);
    StringWriter out = new StringWriter();
    assertThat(run(out, "customer_behavior:spend_last_30d", "--source", "orders=archive"))
        .as(out.toString())
        .isZero();
    assertThat(out.toString()).contains("spend_last_30d = sum(line_total) over [", ": 6 events");
  }

  private static String describe(ReplayEvent event) {
    return "%s %d %s %s"
        .formatted(
            event.position(),
            event.time(),
            Arrays.toString(event.id()),
            Arrays.deepToString(event.row()));
  }

  @Test
  void theCommandShowsEventsAndBothStores() throws IOException {
    StringWriter out = new StringWriter();
    int exit = run(out, "customer_transactions:purchases_today");

    // The hero has bought six times in the demo's last days and is silent since.
    assertThat(exit).as(out.toString()).isZero();
    assertThat(out.toString())
        .containsPattern(
            "customer_transactions:purchases_today of customer_id=1001 at \\S+\\R"
                + "  recomputed  0\\R"
                + "  table       0  agrees \\(row of \\S+, of a table that has come to \\S+\\)\\R"
                + "  Redis       0  agrees( at \\S+)? \\(as of \\S+, valid \\S+( \\S+)?\\)\\R"
                + "purchases_today = count\\(\\*\\) over \\[\\S+, \\S+\\]: no event\\R"
                + "  orders/\\d+/\\d+  \\S+  not in it: left \\S+  orders \\{order_id: \"o-\\d+\", customer_id: 1001,");
  }

  @Test
  void theCommandsAnswerIsJsonForPrograms() throws IOException {
    StringWriter out = new StringWriter();
    int exit =
        run(
            out,
            "customer_scores:cart_value_to_average",
            "--request",
            "cart_value=10",
            "-o",
            "json");

    assertThat(exit).as(out.toString()).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("agrees").booleanValue()).isTrue();
    assertThat(json.get("table").get("verdict").textValue()).isEqualTo("AGREES");
    assertThat(json.get("online").get("verdict").textValue()).isEqualTo("AGREES");
    assertThat(json.get("recomputed").isDouble()).isTrue();
    JsonNode window = json.get("windows").get(0);
    assertThat(window.get("feature").textValue())
        .isEqualTo("customer_behavior:avg_order_value_30d");
    assertThat(window.get("events")).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void aMistakeIsAnsweredWithWhatThereIs() throws IOException {
    StringWriter out = new StringWriter();

    assertThat(run(out, "customer_transactions:nonsense")).isEqualTo(1);
    assertThat(run(out, "customer_profile:total_orders")).isEqualTo(1);
    assertThat(run(out, "customer_scores:cart_value_to_average")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "unknown feature 'nonsense' of 'customer_transactions', expected one of purchases_today,",
            "View 'customer_profile' is what a query gives: no events explain it.",
            "The feature needs --request cart_value=DOUBLE");
  }

  /** One random question; returns the value. */
  private Object check(Explainer explainer, int number) {
    List<FeatureView> views = demo.project().views();
    FeatureView view = views.get(random.nextInt(views.size()));
    List<Object> key = key(view);
    long instant = instant(view, key);
    Feature feature = view.features().get(random.nextInt(view.features().size()));
    return ask(explainer, view, feature, key, instant, "question " + number).recomputed();
  }

  private static Question question(
      FeatureView view, Feature feature, List<Object> key, long instant) {
    return new Question(
        new FeatureReference(view.name(), feature.name()),
        Map.of(view.entity().name(), key.toArray()),
        instant,
        false,
        Map.of());
  }

  /** The explanation, compared with what the demo knows and what the stores have. */
  private Explanation ask(
      Explainer explainer,
      FeatureView view,
      Feature feature,
      List<Object> key,
      long instant,
      String number) {
    Question question = question(view, feature, key, instant);
    Explanation explanation =
        explainer.explain(question, stores.table(view, key), stores.online(view, key));

    String what =
        "%s of seed %d: %s of %s at %s"
            .formatted(number, SEED, question.feature(), key, Instant.ofEpochMilli(instant));
    Object expected =
        feature.isReadTime()
            ? daysSince(demo.value(view, key, "last_purchase_at", instant), instant)
            : demo.value(view, key, feature.name(), instant);
    assertThat(explanation.recomputed()).as(what).isEqualTo(expected);
    assertThat(explanation.table().verdict()).as(what).isEqualTo(Verdict.AGREES);
    assertThat(explanation.online().verdict()).as(what).isEqualTo(Verdict.AGREES);
    if (feature instanceof AggregateFeature aggregate) {
      checkEvents(what, aggregate, expected, explanation.windows(), instant);
    }
    return explanation;
  }

  /** The events that are shown are those that the value is of, and leave when they should. */
  private static void checkEvents(
      String what,
      AggregateFeature feature,
      Object value,
      List<FeatureWindow> windows,
      long instant) {
    assertThat(windows).as(what).hasSize(1);
    List<WindowEvent> inside = windows.get(0).inside();
    if (feature.window() instanceof Window.Sliding window) {
      long reach = window.lengthMillis() + window.offsetMillis();
      assertThat(inside)
          .as(what)
          .allSatisfy(
              event -> {
                assertThat(event.leaves()).isEqualTo(event.event().time() + reach + 1);
                assertThat(event.event().time())
                    .isBetween(instant - reach, instant - window.offsetMillis());
              });
    }
    if (value == null) {
      assertThat(inside).as(what).isEmpty();
    } else if (feature.aggregate().function() == AggregateFunction.COUNT_ALL) {
      assertThat((long) inside.size()).as(what).isEqualTo(value);
    } else if (feature.aggregate().function() == AggregateFunction.SUM && value instanceof Double) {
      BigDecimal sum =
          inside.stream()
              .map(event -> new BigDecimal(lineTotal(event.event())))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(sum.doubleValue()).as(what).isEqualTo(value);
    }
  }

  private static double lineTotal(ReplayEvent order) {
    List<String> fields =
        demo.project().source("orders").orElseThrow().fields().stream()
            .map(field -> field.name())
            .toList();
    int quantity = (Integer) order.row()[fields.indexOf("quantity")];
    return quantity * (Double) order.row()[fields.indexOf("unit_price")];
  }

  private static Object daysSince(Object last, long instant) {
    return last == null ? null : (Object) Math.toIntExact((instant - (Long) last) / DAY);
  }

  /** Mostly someone who has events, sometimes nobody. */
  private List<Object> key(FeatureView view) {
    List<List<Object>> keys = demo.keys(view);
    if (random.nextInt(50) == 0) {
      boolean customer = view.entity().name().equals("customer");
      return List.of(customer ? (Object) 999_999_999L : "no-sku");
    }
    return keys.get(random.nextInt(keys.size()));
  }

  /** Half of the time where something changes, or a millisecond beside it. */
  private long instant(FeatureView view, List<Object> key) {
    List<Long> steps = demo.instants(view, key);
    if (steps.isEmpty() || random.nextBoolean()) {
      return demo.complete() - random.nextLong(40 * DAY);
    }
    long step = steps.get(random.nextInt(steps.size())) - 1 + random.nextInt(3);
    return Math.min(step, demo.complete());
  }

  private static SourceHistory history(Set<String> archives) {
    return new SourceHistory(
        demo.project(), demo.settings(), BackfillInputs.ofFiles(Map.of()).withArchives(archives));
  }

  private static int run(StringWriter out, String feature, String... more) {
    List<String> arguments = new ArrayList<>(List.of("explain", feature));
    arguments.addAll(List.of("--entity", "customer_id=" + demo.hero()));
    arguments.addAll(List.of("--definitions", demo.definitions().toString()));
    arguments.addAll(List.of(more));
    return Tailwater.commandLine(new PrintWriter(out, true), new PrintWriter(out, true))
        .execute(arguments.toArray(String[]::new));
  }
}
