// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.replay.ProjectReplay;
import io.tailwater.definitions.replay.Question;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.SourceHistory;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/** One value explained: stores and sources are read once. */
public final class ExplainRun {
  private final ExplanationText text;
  private final Explanation explanation;

  private ExplainRun(ExplanationText text, Explanation explanation) {
    this.text = text;
    this.explanation = explanation;
  }

  /**
   * Where the stores are.
   *
   * @param redis null if none is configured
   * @param catalog null if none is configured
   */
  public record Stores(@Nullable RedisOptions redis, @Nullable CatalogLoader catalog) {}

  /**
   * Explains a value.
   *
   * @param entity as it was given
   * @param type of the feature
   * @param inputs where sources are read
   * @throws CommandException if a source cannot be read, or the feature is of no events
   */
  public static ExplainRun of(
      Project project,
      Settings settings,
      Question question,
      String entity,
      ValueType type,
      BackfillInputs inputs,
      Stores stores) {
    ProjectReplay replay = new ProjectReplay(requireNonNull(project, "project is null"));
    List<FeatureView> views = eventViews(replay.views(question.feature()));
    StoreReader reader = new StoreReader(project.name(), List.copyOf(views), question);
    // Before the events: what the stores have was in the sources.
    OnlineContents online = reader.online(stores.redis());
    TableContents table = reader.table(stores.catalog());
    List<ReplayEvent> events = new ArrayList<>();
    SourceHistory history = new SourceHistory(project.withViews(views), settings, inputs);
    try {
      history.forEach(
          source -> wanted(source, views, question),
          event -> {
            if (replay.concerns(question, event)) {
              events.add(event);
            }
          });
    } catch (IOException | RuntimeException e) {
      throw new CommandException("Cannot read the events: %s".formatted(e.getMessage()), e);
    }
    long until = Math.max(question.instant(), online.newest());
    Explainer explainer = new Explainer(replay, events, history.refused(), until);
    return new ExplainRun(
        new ExplanationText(project, entity, type, history.unknownRefusals()),
        explainer.explain(question, table, online));
  }

  /** Whether no store has another value where it should have this one. */
  public boolean agrees() {
    return explanation.agrees();
  }

  /** For people. */
  public List<String> lines() {
    return text.lines(explanation);
  }

  /** For programs. */
  public Map<String, @Nullable Object> json() {
    return text.json(explanation);
  }

  private static List<FeatureView> eventViews(List<StoredView> views) {
    List<FeatureView> events = new ArrayList<>();
    for (StoredView view : views) {
      if (!(view instanceof FeatureView overEvents)) {
        throw new CommandException(
            "View '%s' is what a query gives: no events explain it. `tailwater online get %s` shows what is stored"
                .formatted(view.name(), view.name()));
      }
      events.add(overEvents);
    }
    return events;
  }

  /** The fields by which an archive's files are chosen: the entity's keys in each view. */
  private static List<Map<String, Object>> wanted(
      EventSource source, List<FeatureView> views, Question question) {
    List<Map<String, Object>> wanted = new ArrayList<>();
    for (FeatureView view : views) {
      int index = view.inputOf(source.name());
      if (index < 0) {
        continue;
      }
      Optional<Map<String, Object>> fields =
          keyFields(view.inputs().get(index), question.key(view.entity()));
      if (fields.isEmpty()) {
        return List.of();
      }
      wanted.add(fields.get());
    }
    return wanted;
  }

  /** Empty if the key is not of fields alone. */
  private static Optional<Map<String, Object>> keyFields(ViewInput input, Object[] key) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < key.length; i++) {
      String name = input.keyFields().get(i);
      Object value = key[i];
      Optional<Field> field =
          input.source().fields().stream().filter(known -> known.name().equals(name)).findFirst();
      if (field.isEmpty()) {
        return Optional.empty();
      }
      boolean narrow = field.get().type().equals(ValueType.INT32);
      if (narrow && value instanceof Long number && number != number.intValue()) {
        return Optional.empty();
      }
      values.put(name, narrow ? (Object) ((Number) value).intValue() : value);
    }
    return Optional.of(values);
  }
}
