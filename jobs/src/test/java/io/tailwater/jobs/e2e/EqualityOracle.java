// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What a view's stores are to hold, recomputed of the events that count by what each feature means.
 * Expressions are the product's own; windows, aggregates, and which events count are not.
 */
final class EqualityOracle {
  private final ViewProgram program;
  private final long end;
  private final Map<List<Object>, List<NaiveEvent>> events = new HashMap<>();

  /** An event by what identifies it within its entity: its source, its time and its id. */
  private record Identity(int input, long time, List<Object> id) {}

  /**
   * @param lines in any order, repeated or not
   * @param end the last instant; events after it do not count
   */
  EqualityOracle(FeatureView view, List<Line> lines, long end) {
    this(view, ViewProgram.compile(view), lines, end);
  }

  /**
   * @param program the view's, compiled
   */
  EqualityOracle(FeatureView view, ViewProgram program, List<Line> lines, long end) {
    this.program = program;
    this.end = end;
    Map<List<Object>, Map<Identity, Object[]>> contents = new HashMap<>();
    for (int input = 0; input < view.inputs().size(); input++) {
      EventSource source = view.inputs().get(input).source();
      for (Line line : lines) {
        if (line.source().equals(source.name()) && line.fields() != null) {
          offer(input, source, line.fields(), contents);
        }
      }
    }
    contents.forEach(
        (key, own) ->
            events.put(
                key,
                own.entrySet().stream()
                    .map(event -> event(event.getKey(), event.getValue()))
                    .toList()));
  }

  /** The time of the newest event of some lines that is not after {@code now}. */
  static long newest(List<EventSource> sources, List<Line> lines, long now) {
    return lines.stream()
        .filter(line -> line.fields() != null)
        .mapToLong(line -> (Long) value(source(sources, line), line.fields(), "event time"))
        .filter(time -> time <= now)
        .max()
        .orElseThrow();
  }

  /** The rows of each key by instant. */
  Map<List<Object>, SortedMap<Long, Object[]>> rows() {
    Map<List<Object>, SortedMap<Long, Object[]>> rows = new HashMap<>();
    events.forEach((key, own) -> rows.put(key, rows(own)));
    return rows;
  }

  /** The keys that have events. */
  List<List<Object>> keys() {
    return List.copyOf(events.keySet());
  }

  /** The instants at which a key's vector may differ from that of a millisecond before. */
  List<Long> steps(List<Object> key) {
    List<NaiveEvent> own = events.get(key);
    SortedSet<Long> steps = new NaiveViews(program.plan(), own).steps();
    own.forEach(event -> steps.add(event.time()));
    return steps.stream().filter(step -> step <= end).toList();
  }

  /** When a key's events happened, in order. */
  List<Long> eventTimes(List<Object> key) {
    return events.get(key).stream().map(NaiveEvent::time).distinct().sorted().toList();
  }

  /** A key's features at an instant, of its events until then; null if there are none. */
  Object[] at(List<Object> key, long instant) {
    return of(key, instant, instant);
  }

  /** What who reads before applying the events of an instant reads; null if there are none. */
  Object[] before(List<Object> key, long instant) {
    return of(key, instant - 1, instant - 1);
  }

  private Object[] of(List<Object> key, long lastEvent, long instant) {
    List<NaiveEvent> applied =
        events.getOrDefault(key, List.of()).stream()
            .filter(event -> event.time() <= lastEvent)
            .toList();
    return applied.isEmpty()
        ? null
        : program.features(new NaiveViews(program.plan(), applied).at(instant));
  }

  private SortedMap<Long, Object[]> rows(List<NaiveEvent> own) {
    NaiveViews naive = new NaiveViews(program.plan(), own);
    SortedSet<Long> instants = naive.steps();
    List<Long> times = own.stream().map(NaiveEvent::time).distinct().toList();
    instants.addAll(times);
    SortedMap<Long, Object[]> rows = new TreeMap<>();
    for (long instant : instants.headSet(end + 1)) {
      Object[] vector = program.features(naive.at(instant));
      if (times.contains(instant) || !NaiveViews.sameBits(vector, rows.get(rows.lastKey()))) {
        rows.put(instant, vector);
      }
    }
    return rows;
  }

  /** Of several contents of one event the least one counts. */
  private void offer(
      int input,
      EventSource source,
      Object[] fields,
      Map<List<Object>, Map<Identity, Object[]>> contents) {
    InputProgram events = program.input(input);
    long time = (Long) value(source, fields, "event time");
    Object[] row = events.extend(fields, time);
    if (time > end || !events.accepts(row) || Arrays.asList(events.key(row)).contains(null)) {
      return;
    }
    List<Object> id = source.eventId().stream().map(name -> value(source, fields, name)).toList();
    contents
        .computeIfAbsent(List.of(events.key(row)), key -> new HashMap<>())
        .merge(
            new Identity(input, time, id),
            events.columns(row),
            (one, other) -> compare(one, other) <= 0 ? one : other);
  }

  private static Object value(EventSource source, Object[] fields, String name) {
    String wanted = name.equals("event time") ? source.eventTime().field() : name;
    List<String> names = source.fields().stream().map(Field::name).toList();
    return fields[names.indexOf(wanted)];
  }

  private static EventSource source(List<EventSource> sources, Line line) {
    return sources.stream()
        .filter(source -> source.name().equals(line.source()))
        .findFirst()
        .orElseThrow();
  }

  /** Column by column, nulls first. */
  private static int compare(Object[] one, Object[] other) {
    for (int i = 0; i < one.length; i++) {
      int order =
          one[i] == null || other[i] == null
              ? Boolean.compare(one[i] != null, other[i] != null)
              : compareValues(one[i], other[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @SuppressWarnings("unchecked")
  private static int compareValues(Object one, Object other) {
    return one instanceof String text
        ? Arrays.compareUnsigned(text.getBytes(UTF_8), ((String) other).getBytes(UTF_8))
        : ((Comparable<Object>) one).compareTo(other);
  }

  /** Ids are texts and small numbers, whose order is that of the texts here. */
  private static NaiveEvent event(Identity identity, Object[] columns) {
    StringBuilder id = new StringBuilder();
    identity.id.forEach(part -> id.append(part).append('\0'));
    return new NaiveEvent(identity.time, id.toString().getBytes(UTF_8), columns);
  }
}
