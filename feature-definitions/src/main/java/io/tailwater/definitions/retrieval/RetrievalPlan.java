// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureService.AsOf;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.ViewAlias;
import io.tailwater.definitions.program.FeatureNulls;
import io.tailwater.definitions.retrieval.References.Requested;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one read of features needs: the stored features of which views, which fields of the request,
 * and what is computed of them. Training and serving read by the same plan.
 *
 * <p>A value's place, inside of a plan, is its index in: the stored features of all {@link
 * #views()}, the {@link #requestFields()}, the request's time, the values that are computed.
 *
 * <p>Immutable and thread-safe; serializable, so that operators can compile their own program.
 */
public final class RetrievalPlan implements Serializable {
  private final List<ViewRead> views;
  private final List<Field> requestFields;
  private final List<OutputFeature> outputs;
  private final List<Step> steps;
  private final int[] outputPlaces;
  private final List<List<Integer>> outputReads;

  RetrievalPlan(
      List<ViewRead> views,
      List<Field> requestFields,
      List<OutputFeature> outputs,
      List<Step> steps,
      int[] outputPlaces,
      List<List<Integer>> outputReads) {
    this.views = List.copyOf(views);
    this.requestFields = List.copyOf(requestFields);
    this.outputs = List.copyOf(outputs);
    this.steps = List.copyOf(steps);
    this.outputPlaces = outputPlaces;
    this.outputReads = List.copyOf(outputReads);
  }

  /**
   * The plan for these features, as of the instant of the read.
   *
   * @param references in the order of the outputs; {@code view:*} is all features of a view; what
   *     is asked for twice is there once
   * @throws IllegalArgumentException with everything that is wrong, a line each
   */
  public static RetrievalPlan of(Project project, List<FeatureReference> references) {
    return of(project, references, AsOf.AT);
  }

  /**
   * The plan for these features.
   *
   * @param references as above
   * @param asOf which rows the instant of the read sees
   * @throws IllegalArgumentException with everything that is wrong, a line each
   */
  public static RetrievalPlan of(Project project, List<FeatureReference> references, AsOf asOf) {
    return of(project, references, List.of(), asOf);
  }

  /**
   * The plan for the features of a service, in its order and by its {@code as_of}.
   *
   * @throws IllegalArgumentException with everything that is wrong, a line each
   */
  public static RetrievalPlan ofService(Project project, FeatureService service) {
    return ofService(project, service, service.asOf());
  }

  /**
   * The plan for the features of a service by another {@code as_of}.
   *
   * @throws IllegalArgumentException with everything that is wrong, a line each
   */
  public static RetrievalPlan ofService(Project project, FeatureService service, AsOf asOf) {
    return of(project, service.features(), service.aliases(), asOf);
  }

  private static RetrievalPlan of(
      Project project, List<FeatureReference> references, List<ViewAlias> aliases, AsOf asOf) {
    requireNonNull(project, "project is null");
    requireNonNull(asOf, "asOf is null");
    List<String> problems = new ArrayList<>();
    List<Requested> requested = References.resolve(project, references, aliases, problems);
    List<OutputFeature> outputs = ColumnNames.of(requested, problems);
    PlanBuilder builder = new PlanBuilder(problems);
    requested.forEach(output -> builder.need(output.view(), output.feature()));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return builder.build(requested, outputs, asOf == AsOf.BEFORE);
  }

  /** What is read of the stores: of each view once, in the order in which they are needed. */
  public List<ViewRead> views() {
    return views;
  }

  /** What the caller must bring: columns of the labels, fields of the request. */
  public List<Field> requestFields() {
    return requestFields;
  }

  /** What was asked for, in that order. */
  public List<OutputFeature> outputs() {
    return outputs;
  }

  /**
   * Of which rows an output comes: the places, among {@link #views()}, of its own view or, of a
   * feature on demand, of those that it is computed of.
   *
   * @param output its place among {@link #outputs()}
   */
  public List<Integer> readsOf(int output) {
    return outputReads.get(output);
  }

  /** Compiles the plan. The first compilation in a process takes a second or two. */
  public RetrievalProgram compile() {
    return compile(FeatureNulls.IGNORED);
  }

  /**
   * Compiles the plan.
   *
   * @param nulls hears, as {@code view:feature}, of every value that became null because it could
   *     not be computed
   */
  public RetrievalProgram compile(FeatureNulls nulls) {
    return RetrievalProgram.compile(this, requireNonNull(nulls, "nulls is null"));
  }

  List<Step> steps() {
    return steps;
  }

  int[] outputPlaces() {
    return outputPlaces;
  }
}
