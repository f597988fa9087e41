// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Features that are computed on every read of those of other views, of what the request says and of
 * its time.
 *
 * @param name unique among all views of the project
 * @param inputs the views whose features it uses, each once; not empty
 * @param request what the caller must bring: columns of the labels, fields of the request
 * @param features in dependency order
 * @param metadata for people
 */
public record OnDemandFeatureView(
    String name,
    List<StoredView> inputs,
    List<Field> request,
    List<DerivedFeature> features,
    Metadata metadata)
    implements View {
  /** Between the view and the feature, where features of several inputs share a name. */
  public static final String QUALIFIER = "__";

  /**
   * A feature of an input under the name that expressions have for it.
   *
   * @param field the name, which is the feature's own unless several inputs share it: then it is
   *     {@code view__feature}; and the type
   * @param view the input
   * @param feature the feature's name
   */
  public record InputFeature(Field field, StoredView view, String feature) {}

  public OnDemandFeatureView {
    requireNonNull(name, "name is null");
    inputs = List.copyOf(inputs);
    request = List.copyOf(request);
    features = List.copyOf(features);
    requireNonNull(metadata, "metadata is null");
    if (inputs.stream().map(StoredView::name).distinct().count() != inputs.size()) {
      throw new IllegalArgumentException("on-demand view '%s' has an input twice".formatted(name));
    }
    for (DerivedFeature feature : features) {
      if (!feature.isReadTime()) {
        throw new IllegalArgumentException(
            "feature '%s' of on-demand view '%s' is not computed when it is read"
                .formatted(feature.name(), name));
      }
    }
  }

  /** The features of the inputs, in their order. */
  public List<InputFeature> inputFeatures() {
    return inputFeatures(inputs);
  }

  /** The same of any inputs. */
  public static List<InputFeature> inputFeatures(List<StoredView> inputs) {
    Set<String> once = new HashSet<>();
    Set<String> shared = new HashSet<>();
    for (StoredView input : inputs) {
      input.features().stream()
          .map(Feature::name)
          .filter(feature -> !once.add(feature))
          .forEach(shared::add);
    }
    List<InputFeature> features = new ArrayList<>();
    for (StoredView input : inputs) {
      for (Feature feature : input.features()) {
        String name =
            shared.contains(feature.name())
                ? input.name() + QUALIFIER + feature.name()
                : feature.name();
        features.add(
            new InputFeature(new Field(name, feature.type(), true), input, feature.name()));
      }
    }
    return features;
  }

  /**
   * What the first feature's expression sees: the features of the inputs, the request's fields and
   * {@link Feature#REQUEST_TIME}. The next ones see the features before them, too.
   */
  public List<Field> row() {
    return row(inputs, request);
  }

  /** The same of any inputs and request. */
  public static List<Field> row(List<StoredView> inputs, List<Field> request) {
    List<Field> row = new ArrayList<>();
    inputFeatures(inputs).forEach(feature -> row.add(feature.field()));
    row.addAll(request);
    row.add(new Field(Feature.REQUEST_TIME, ValueType.TIMESTAMP, false));
    return List.copyOf(row);
  }
}
