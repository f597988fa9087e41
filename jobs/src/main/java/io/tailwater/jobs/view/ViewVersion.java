// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.program.LoggedFeature;
import io.tailwater.definitions.program.LoggedView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which definition of a view a state belongs to, and what the state knows of it. All instants are
 * milliseconds since the epoch; {@link Completeness#ALWAYS} is before, {@link Completeness#NEVER}
 * after all of them.
 *
 * @param epoch how often the state has been converted; part of the names of keyed states
 * @param view the definition
 * @param numbers the names of the sources that the state has ever known, by their numbers, which
 *     tell events of one id apart
 * @param numbered whether event ids in the state begin with the number of their source; those of a
 *     view that has always had one source do not
 * @param latenessMillis the largest allowed lateness of the sources
 * @param inputsFrom for each input, from when on its events are known
 * @param columnsFrom for each column of the log, from when on it is filled
 * @param allFrom of a view of one source, from when on all of its events are in the log
 * @param completeFrom for each aggregate of the plan, its first fully known instant
 * @param loggedFrom from when on the log holds the events that are known
 * @param acceptedFrom events before it are too late, since the ids of their like are gone
 * @param publishedAt the instants at which rows were written because the definition had changed
 * @param freshFrom of features that rows before an instant do not have, by name, that instant
 */
record ViewVersion(
    int epoch,
    LoggedView view,
    List<String> numbers,
    boolean numbered,
    long latenessMillis,
    List<Long> inputsFrom,
    List<Long> columnsFrom,
    long allFrom,
    List<Long> completeFrom,
    long loggedFrom,
    long acceptedFrom,
    List<Long> publishedAt,
    Map<String, Long> freshFrom) {
  ViewVersion {
    requireNonNull(view, "view is null");
    numbers = List.copyOf(numbers);
    inputsFrom = List.copyOf(inputsFrom);
    columnsFrom = List.copyOf(columnsFrom);
    completeFrom = List.copyOf(completeFrom);
    publishedAt = List.copyOf(publishedAt);
    freshFrom = Collections.unmodifiableSortedMap(new TreeMap<>(freshFrom));
  }

  /** The first fully known instant of each stored feature. */
  Map<String, Long> completeFromByFeature() {
    Map<String, Long> byFeature = new LinkedHashMap<>();
    for (LoggedFeature feature : view.features()) {
      long from =
          feature.aggregate() >= 0
              ? completeFrom.get(feature.aggregate())
              : feature.reads().stream()
                  .mapToLong(read -> byFeature.getOrDefault(read, Completeness.ALWAYS))
                  .max()
                  .orElse(Completeness.ALWAYS);
      byFeature.put(
          feature.name(),
          Math.max(from, freshFrom.getOrDefault(feature.name(), Completeness.ALWAYS)));
    }
    return byFeature;
  }

  /** The features that are not fully known at some instant of {@code from} or later. */
  Map<String, Long> incompleteFrom(long from) {
    Map<String, Long> incomplete = completeFromByFeature();
    incomplete.values().removeIf(instant -> instant <= from);
    return incomplete;
  }

  /** For each column that has come later than its input, from when on it is filled. */
  long[] filledFrom() {
    long[] filledFrom = new long[columnsFrom.size()];
    for (int i = 0; i < filledFrom.length; i++) {
      long from = columnsFrom.get(i);
      int input = view.inputs().indexOf(view.columns().get(i).input());
      filledFrom[i] = from > inputsFrom.get(input) ? from : Completeness.ALWAYS;
    }
    return filledFrom;
  }

  /** The number of each input. */
  byte[] numbersOfInputs() {
    byte[] ofInputs = new byte[view.inputs().size()];
    for (int i = 0; i < ofInputs.length; i++) {
      ofInputs[i] = (byte) numbers.indexOf(view.inputs().get(i).source());
    }
    return ofInputs;
  }
}
