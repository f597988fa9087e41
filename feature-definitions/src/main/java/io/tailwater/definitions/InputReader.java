// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.ViewInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the inputs of a view: its own source, and those that its features name. */
final class InputReader {
  private InputReader() {}

  /**
   * The inputs, the own source first; empty, with problems added, if the keys or the condition are
   * bad.
   *
   * @param named the sources that features name
   */
  static List<ViewInput> read(
      YamlMapping view, Entity entity, ViewDefaults defaults, Set<String> named) {
    List<EventSource> sources = sources(view, defaults, named);
    KeyReader keys = KeyReader.of(view, entity, sources);
    EventSource own = defaults.source();
    List<Field> row = own.row();
    Optional<Expression> where =
        view.get("where").flatMap(value -> ExpressionReader.readCondition(value, row));
    List<ViewInput> inputs = new ArrayList<>();
    for (EventSource source : sources) {
      List<String> fields = keys.read(source);
      if (fields.size() == entity.joinKeys().size()) {
        inputs.add(new ViewInput(source, fields, source.equals(own) ? where.orElse(null) : null));
      }
    }
    boolean complete =
        inputs.size() == sources.size()
            && sources.size() <= FeatureView.MAX_INPUTS
            && (where.isPresent() || !view.has("where"));
    return complete ? inputs : List.of();
  }

  private static List<EventSource> sources(
      YamlMapping view, ViewDefaults defaults, Set<String> named) {
    List<EventSource> sources = new ArrayList<>(List.of(defaults.source()));
    named.stream()
        .filter(name -> !name.equals(defaults.source().name()))
        .forEach(name -> defaults.sources().find(name).ifPresent(sources::add));
    if (sources.size() > FeatureView.MAX_INPUTS) {
      view.value()
          .problem(
              "%d sources".formatted(sources.size()),
              "at most %d in one view".formatted(FeatureView.MAX_INPUTS));
    }
    return sources;
  }
}
