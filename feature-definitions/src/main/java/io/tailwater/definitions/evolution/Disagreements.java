// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.evolution.FeatureChange.Kind;
import io.tailwater.definitions.model.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where the definitions that a process has are not those that are applied, a sentence each; in
 * {@code a → b} the applied one stands first.
 */
public final class Disagreements {
  private final ProjectChange change;
  private final List<String> found = new ArrayList<>();

  private Disagreements(Project applied, Project own) {
    this.change = ProjectChange.between(applied, own);
  }

  /**
   * What a reader would misread: features of its own that are not applied, or compute something
   * else. What it does not have, it does not read.
   */
  public static List<String> ofReader(Project applied, Project own) {
    Disagreements all = new Disagreements(applied, own);
    for (ViewChange view : all.change.views()) {
      all.addAddedAndRefused(view);
      view.differences().stream()
          .filter(difference -> difference.what().equals(ViewDifferences.TTL))
          .forEach(difference -> all.add(view.name(), difference));
      view.features().stream()
          .filter(feature -> view.kind() == ViewChange.Kind.CHANGED)
          .filter(feature -> feature.kind() != Kind.DROPPED)
          .forEach(feature -> all.addFeature(view, feature));
    }
    return all.found;
  }

  /**
   * What a job would write otherwise than it is applied.
   *
   * @param isWritten the names of the views that the job is about, be they its own or applied
   */
  public static List<String> ofJob(Project applied, Project own, Predicate<String> isWritten) {
    Disagreements all = new Disagreements(applied, own);
    all.change.refusals().forEach(refusal -> all.add(refusal.subject(), refusal.found()));
    for (ViewChange view : all.change.views()) {
      if (!isWritten.test(view.name())) {
        continue;
      }
      all.addAddedAndRefused(view);
      if (view.kind() == ViewChange.Kind.DROPPED) {
        all.add(view.name(), "is applied, and not in these definitions");
      } else if (view.kind() == ViewChange.Kind.CHANGED) {
        view.differences().forEach(difference -> all.add(view.name(), difference));
        view.features().forEach(feature -> all.addFeature(view, feature));
      }
    }
    return all.found;
  }

  private void addAddedAndRefused(ViewChange view) {
    if (view.kind() == ViewChange.Kind.ADDED) {
      add(view.name(), "is not applied");
    }
    view.refusals().forEach(refusal -> add(refusal.subject(), refusal.found()));
  }

  private void addFeature(ViewChange view, FeatureChange feature) {
    String subject = view.name() + ":" + feature.name();
    switch (feature.kind()) {
      case UNCHANGED -> {}
      case RENAMED -> add(subject, "is applied as '%s'".formatted(feature.was()));
      case CHANGED ->
          add(
              subject,
              String.join(", ", feature.differences().stream().map(Difference::toString).toList()));
      case ADDED -> add(subject, "is not applied");
      case DROPPED -> add(subject, "is applied, and not in these definitions");
    }
  }

  private void add(String subject, Object difference) {
    String text = "%s: %s".formatted(subject, difference);
    if (!found.contains(text)) {
      found.add(text);
    }
  }
}
