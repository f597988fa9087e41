// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.retrieval.OutputFeature;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.definitions.retrieval.RetrievalProgram;
import io.tailwater.definitions.retrieval.ViewRead;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.VectorFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Features that are asked for, ready to be read: what the stores must give, what the caller must
 * bring, and the compiled expressions of what is computed. Immutable and thread-safe; worth
 * keeping, since compilation takes a while.
 */
public final class FeatureQuery {
  /** In place of a view: the feature is computed on demand. */
  static final int ON_DEMAND = -1;

  /** In place of a stored feature: the feature is computed on read. */
  static final int COMPUTED = -1;

  private final RetrievalPlan plan;
  private final RetrievalProgram program;
  private final List<VectorFields> fields;
  private final List<Field> inputs;
  private final InputValues inputValues;
  private final int joinKeys;
  private final int[][] keyPlaces;
  private final int[] requestPlaces;
  private final int[] reads;
  private final int[] storedPlaces;

  private FeatureQuery(
      RetrievalPlan plan, List<VectorFields> fields, Map<String, Field> inputs, int joinKeys) {
    this.plan = plan;
    this.program = plan.compile();
    this.fields = fields;
    this.inputs = List.copyOf(inputs.values());
    this.inputValues = new InputValues(this.inputs);
    this.joinKeys = joinKeys;
    List<String> names = List.copyOf(inputs.keySet());
    this.keyPlaces =
        plan.views().stream()
            .map(read -> read.keys().stream().mapToInt(key -> names.indexOf(key.name())).toArray())
            .toArray(int[][]::new);
    this.requestPlaces =
        plan.requestFields().stream().mapToInt(field -> names.indexOf(field.name())).toArray();
    List<String> views = plan.views().stream().map(ViewRead::name).toList();
    // A feature on demand is of a view that is never read, so that its place is -1.
    this.reads = plan.outputs().stream().mapToInt(output -> views.indexOf(output.view())).toArray();
    this.storedPlaces =
        IntStream.range(0, reads.length).map(output -> storedPlace(plan, output)).toArray();
  }

  /**
   * The query of a plan.
   *
   * @param layouts where a view's vectors are
   * @throws IllegalArgumentException if the caller would have to bring values of several types
   *     under one name
   */
  static FeatureQuery of(RetrievalPlan plan, Function<StoredView, OnlineLayout> layouts) {
    Map<String, Field> inputs = new LinkedHashMap<>();
    for (ViewRead read : plan.views()) {
      for (JoinKey key : read.keys()) {
        put(new Field(key.name(), key.type(), true), inputs);
      }
    }
    int joinKeys = inputs.size();
    plan.requestFields().forEach(field -> put(field, inputs));
    List<VectorFields> fields =
        plan.views().stream()
            .map(read -> layouts.apply(read.view()).select(read.stored()))
            .toList();
    return new FeatureQuery(plan, fields, inputs, joinKeys);
  }

  private int storedPlace(RetrievalPlan compiled, int output) {
    return reads[output] == ON_DEMAND
        ? COMPUTED
        : compiled
            .views()
            .get(reads[output])
            .stored()
            .indexOf(compiled.outputs().get(output).name());
  }

  private static void put(Field field, Map<String, Field> inputs) {
    Field known = inputs.putIfAbsent(field.name(), field);
    if (known != null && !known.type().equals(field.type())) {
      throw new IllegalArgumentException(
          "found '%s' as %s and as %s, expected one type: ask for the features apart"
              .formatted(field.name(), known.type(), field.type()));
    }
  }

  /** The features, in the order in which they are answered. */
  public List<OutputFeature> features() {
    return plan.outputs();
  }

  /** What a row of entities holds: the join keys, then the fields of the request. */
  public List<Field> inputs() {
    return inputs;
  }

  /** The names of those of the {@link #inputs()} that are join keys. */
  public List<String> joinKeys() {
    return inputs.subList(0, joinKeys).stream().map(Field::name).toList();
  }

  /**
   * Rows of {@link #inputs()} from values by name: INT64 takes an Integer too, TIMESTAMP an {@link
   * java.time.Instant} or milliseconds, DOUBLE any Integer, Long or Float.
   *
   * @throws IllegalArgumentException if a value is missing, not of its type, or of no name that the
   *     features need
   */
  public List<Object[]> rows(List<? extends Map<String, ?>> entities) {
    List<Object[]> rows = new ArrayList<>(entities.size());
    for (Map<String, ?> entity : requireNonNull(entities, "entities is null")) {
      rows.add(inputValues.row(entity));
    }
    return Collections.unmodifiableList(rows);
  }

  RetrievalPlan plan() {
    return plan;
  }

  /** The compiled expressions, for one thread. */
  RetrievalProgram program() {
    return program.copy();
  }

  /** What to ask the store for, for each view that is read. */
  List<VectorFields> fields() {
    return fields;
  }

  /** Where a view's key stands in a row. */
  int[] keyPlaces(int read) {
    return keyPlaces[read];
  }

  /** Where the plan's request fields stand in a row. */
  int[] requestPlaces() {
    return requestPlaces;
  }

  /** The place of the view that a feature is of among those that are read. */
  int readOf(int feature) {
    return reads[feature];
  }

  /** The place of a feature among the stored ones that are read of its view. */
  int storedPlace(int feature) {
    return storedPlaces[feature];
  }
}
