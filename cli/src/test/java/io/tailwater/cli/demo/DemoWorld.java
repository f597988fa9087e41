// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.cli.recompute.Fact;
import io.tailwater.cli.recompute.Step;
import io.tailwater.cli.recompute.StepFunction;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.RedisOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A demo that has been played and is still up, with its own recomputation of every value. Its
 * orders are archived.
 */
public final class DemoWorld implements AutoCloseable {
  private static final Pace QUICK = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(1));
  private static final Clock CLOCK = Clock.systemUTC();

  private record Entity(String view, List<Object> key) {}

  private final DemoFolder folder;
  private final DemoServices services;
  private final RunningPipeline pipeline;
  private final Project project;
  private final Settings settings;
  private final long complete;
  private final Map<String, ShopView> views = new HashMap<>();
  private final Map<String, Map<List<Object>, List<Fact>>> facts = new HashMap<>();
  private final Map<Entity, List<Step>> steps = new HashMap<>();

  /** Plays it. */
  public DemoWorld(Path directory, int events, long seed) throws Exception {
    folder = DemoFolder.open(directory);
    Path definitions = folder.copyDefinitions().resolve("retail.yaml");
    String topic = "kafka: {topic: orders, ";
    String text = Files.readString(definitions);
    Files.writeString(definitions, text.replace(topic, "archive: true\n    " + topic));
    project = ProjectLoader.load(folder.definitions());
    services = new DemoServices(new DemoPorts(0, 0, 0));
    settings = DemoPipeline.settings(services, folder);
    folder.write(settings);
    pipeline = DemoPipeline.start(project, services, settings);
    DemoStage stage =
        new DemoStage(
            project,
            services.kafka().bootstrap(),
            RedisOptions.of(services.redis().host(), services.redis().port()),
            IcebergCatalogs.loader(folder.warehouse().toString(), Map.of()),
            pipeline,
            CLOCK);
    Script script = new Script(seed, events, project.sources().get(0).watermark(), CLOCK.millis());
    StatusLine story = StatusLine.on(new PrintWriter(new StringWriter()), CLOCK);
    Performance.Outcome outcome = new Performance(stage, story).play(script, QUICK);
    complete = outcome.complete();
    for (FeatureView definition : project.views()) {
      ShopView view = new ShopView(definition);
      views.put(definition.name(), view);
      facts.put(definition.name(), Facts.of(view, outcome.sent()));
    }
  }

  public Project project() {
    return project;
  }

  public Settings settings() {
    return settings;
  }

  public Path definitions() {
    return folder.definitions();
  }

  /** Up to this instant, in milliseconds, both stores hold all there is. */
  public long complete() {
    return complete;
  }

  /** The customer whom the demo shows. */
  public long hero() {
    return Shop.HERO;
  }

  /** The entities that a view has events of, in a stable order. */
  public List<List<Object>> keys(FeatureView view) {
    List<List<Object>> keys = new ArrayList<>(facts.get(view.name()).keySet());
    keys.sort((left, right) -> left.toString().compareTo(right.toString()));
    return keys;
  }

  /** The value of a stored feature from what was sent; null before the first event. */
  public Object value(FeatureView view, List<Object> key, String feature, long instant) {
    Object value = null;
    int index = view.storedFeatures().stream().map(Feature::name).toList().indexOf(feature);
    for (Step step : steps(view, key)) {
      if (step.instant() > instant) {
        break;
      }
      value = step.values()[index];
    }
    return value;
  }

  /** When an entity's values may change. */
  public List<Long> instants(FeatureView view, List<Object> key) {
    return steps(view, key).stream().map(Step::instant).toList();
  }

  private List<Step> steps(FeatureView view, List<Object> key) {
    ShopView shop = views.get(view.name());
    return steps.computeIfAbsent(
        new Entity(view.name(), key),
        entity ->
            StepFunction.of(
                shop.aggregates(),
                shop,
                facts.get(view.name()).getOrDefault(key, List.of()),
                Long.MAX_VALUE));
  }

  @Override
  public void close() throws Exception {
    pipeline.close();
    services.close();
    folder.close();
  }
}
