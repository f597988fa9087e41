// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.model.ViewAlias;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code feature_services}. */
final class ServiceReader {
  private static final Set<String> KEYS = keys();
  private static final String EXPECTED = "'view:feature', or 'view:*' for all features of a view";

  private final Registry<View> views;
  private final Set<FeatureReference> features = new LinkedHashSet<>();
  private final List<ViewAlias> aliases = new ArrayList<>();
  private boolean complete = true;

  private ServiceReader(Registry<View> views) {
    this.views = views;
  }

  /** The service; empty, with problems added, if it is none. */
  static Optional<FeatureService> read(YamlMapping mapping, Registry<View> views) {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    ServiceReader reader = new ServiceReader(views);
    mapping.require("features").ifPresent(reader::readFeatures);
    FeatureService.AsOf asOf =
        mapping.get("as_of").map(ServiceReader::asOf).orElse(FeatureService.AsOf.AT);
    Metadata metadata = MetadataReader.read(mapping);
    boolean whole = reader.complete && !reader.features.isEmpty();
    return name.filter(given -> whole)
        .map(
            given ->
                new FeatureService(
                    given, List.copyOf(reader.features), reader.aliases, asOf, metadata));
  }

  private void readFeatures(YamlValue value) {
    List<YamlValue> elements = value.asList();
    if (value.isList() && elements.isEmpty()) {
      value.problem("an empty list", "at least one feature: " + EXPECTED);
    }
    elements.forEach(this::readElement);
  }

  private void readElement(YamlValue element) {
    if (element.isMapping()) {
      Optional<ViewAlias> alias = element.asMapping().flatMap(this::readAlias);
      complete = complete && alias.isPresent();
      return;
    }
    String text = element.asText(EXPECTED).orElse(null);
    if (text == null) {
      complete = false;
      return;
    }
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      element.problem(element.describe(), EXPECTED);
      complete = false;
      return;
    }
    Optional<View> view = views.resolve(text.substring(0, colon).strip(), element);
    if (view.isEmpty()) {
      complete = false;
      return;
    }
    add(element, view.get().name(), view.get(), text.substring(colon + 1).strip());
  }

  /** A view under another name, with all of its features or those that are named. */
  private Optional<ViewAlias> readAlias(YamlMapping mapping) {
    Optional<ViewAlias> alias = AliasReader.read(mapping, views);
    if (alias.isEmpty()) {
      return alias;
    }
    String name = alias.get().name();
    if (aliases.stream().anyMatch(other -> other.name().equals(name))) {
      mapping.value().problem("the name '%s' a second time".formatted(name), "each name once");
      return Optional.empty();
    }
    aliases.add(alias.get());
    Optional<YamlValue> some = mapping.get("features");
    if (some.isEmpty()) {
      add(mapping.value(), name, alias.get().view(), FeatureReference.ALL);
    } else if (some.get().isList() && some.get().asList().isEmpty()) {
      some.get().problem("an empty list", "the names of features, or no 'features' for all");
      return Optional.empty();
    } else {
      for (YamlValue feature : some.get().asList()) {
        feature
            .asText("the name of a feature")
            .ifPresent(text -> add(feature, name, alias.get().view(), text));
      }
    }
    return alias;
  }

  private void add(YamlValue element, String name, View view, String feature) {
    List<String> names = view.features().stream().map(Feature::name).toList();
    boolean all = feature.equals(FeatureReference.ALL);
    if (!all && !names.contains(feature)) {
      element.problem(
          "the unknown feature '%s' of '%s'".formatted(feature, view.name()),
          "* or one of " + String.join(", ", names),
          Suggestions.didYouMean(feature, names).orElse(null));
      complete = false;
      return;
    }
    for (String each : all ? names : List.of(feature)) {
      FeatureReference reference = new FeatureReference(name, each);
      if (!features.add(reference)) {
        element.problem("'%s' a second time".formatted(reference), "each feature once");
      }
    }
  }

  private static FeatureService.AsOf asOf(YamlValue value) {
    String text = value.text().orElse("");
    if (!text.equals("at") && !text.equals("before")) {
      value.problem(value.describe(), "at, the default, or before");
    }
    return text.equals("before") ? FeatureService.AsOf.BEFORE : FeatureService.AsOf.AT;
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(Set.of("name", "features", "as_of"));
    keys.addAll(MetadataReader.KEYS);
    return Set.copyOf(keys);
  }
}
