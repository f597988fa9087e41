// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What decides which events of a source a view logs, for whom, when and under which id. Events that
 * are logged by equal inputs are the same. Texts of expressions are in one spelling and name fields
 * of the source only: computed columns are written out.
 *
 * @param source the source's name
 * @param keys for each join key, in order, the expression that gives it
 * @param where the condition under which an event counts; null for always
 * @param eventId the names of the fields that identify an event, or {@link EventSource#POSITION}
 * @param eventTime where the event's time stands, its format and its zone
 * @param fields the fields that all of this reads, with their types
 */
public record LoggedInput(
    String source,
    List<String> keys,
    @Nullable String where,
    List<String> eventId,
    List<String> eventTime,
    Map<String, ValueType> fields) {
  public LoggedInput {
    requireNonNull(source, "source is null");
    keys = List.copyOf(keys);
    eventId = List.copyOf(eventId);
    eventTime = List.copyOf(eventTime);
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /**
   * One of a view's inputs.
   *
   * @param index in {@link FeatureView#inputs()}
   */
  static LoggedInput of(FeatureView view, int index) {
    ViewInput input = view.inputs().get(index);
    EventSource source = input.source();
    RowNames names = new RowNames(source);
    Map<String, ValueType> fields = new TreeMap<>();
    List<String> keys =
        input.keyFields().stream().map(name -> names.meaningOf(name, fields)).toList();
    String where =
        input.where() == null ? null : names.expand(requireNonNull(input.where()), fields);
    source.eventId().forEach(name -> names.addField(name, fields));
    names.addField(source.eventTime().field(), fields);
    String format = source.eventTime().format();
    return new LoggedInput(
        source.name(),
        keys,
        where,
        source.eventId(),
        List.of(
            source.eventTime().field(), format == null ? "" : format, source.eventTime().zone()),
        fields);
  }
}
