// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.Durations;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.program.LoggedInput;
import io.tailwater.definitions.program.ViewProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a view says differently, apart from its features: which events it takes, for how long. */
final class ViewDifferences {
  /** {@code what} of a time to live that is another one. */
  static final String TTL = "ttl";

  private final List<Difference> differences = new ArrayList<>();

  private ViewDifferences() {}

  /** Of two views of the same kind. */
  static List<Difference> of(View before, View after) {
    ViewDifferences all = new ViewDifferences();
    if (before instanceof FeatureView was && after instanceof FeatureView is) {
      all.add("sources", sources(was), sources(is));
      ViewProgram.loggedInputs(is).forEach(input -> all.addOfInput(was, is, input));
    } else if (before instanceof BatchFeatureView was && after instanceof BatchFeatureView is) {
      all.differences.addAll(BatchLeaves.ofQuery(was, is));
    }
    if (before instanceof StoredView was && after instanceof StoredView is) {
      all.add(TTL, ttl(was), ttl(is));
    }
    return all.differences;
  }

  private void addOfInput(FeatureView before, FeatureView after, LoggedInput input) {
    int former = before.inputOf(input.source());
    if (former < 0 || ViewProgram.loggedInputs(before).get(former).equals(input)) {
      return;
    }
    ViewInput was = before.inputs().get(former);
    ViewInput is = after.inputs().get(after.inputOf(input.source()));
    int found = differences.size();
    add("where of " + input.source(), sql(was.where()), sql(is.where()));
    add(
        "keys of " + input.source(),
        String.join(", ", was.keyFields()),
        String.join(", ", is.keyFields()));
    if (differences.size() == found) {
      differences.add(
          new Difference(
              "columns or fields that select the events of " + input.source(), null, null));
    }
  }

  private void add(String what, @Nullable String before, @Nullable String after) {
    if (!Objects.equals(before, after)) {
      differences.add(new Difference(what, before, after));
    }
  }

  private static String sources(FeatureView view) {
    return String.join(
        ", ", view.inputs().stream().map(input -> input.source().name()).sorted().toList());
  }

  private static @Nullable String sql(@Nullable Expression expression) {
    return expression == null ? null : expression.sql();
  }

  private static @Nullable String ttl(StoredView view) {
    Long millis = view.ttlMillis();
    return millis == null ? null : Durations.format(millis);
  }
}
