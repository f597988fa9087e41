// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Views of any types: join keys are called k0, k1, …, features f0, f1, …. */
public final class TestViews {
  private static final EventSource SOURCE =
      new EventSource(
          "orders",
          "{}",
          List.of(),
          new EventTime("event_time", null, "UTC"),
          List.of("order_id"),
          List.of(),
          WatermarkPolicy.DEFAULT,
          null);

  private TestViews() {}

  /** The view of that name with those join keys and features. */
  public static FeatureView view(
      String name, List<ValueType> keyTypes, List<ValueType> featureTypes) {
    List<JoinKey> keys =
        IntStream.range(0, keyTypes.size())
            .mapToObj(i -> new JoinKey("k" + i, keyTypes.get(i)))
            .toList();
    List<Feature> features =
        IntStream.range(0, featureTypes.size())
            .mapToObj(i -> feature("f" + i, featureTypes.get(i)))
            .toList();
    return ofKeys(name, keys, features);
  }

  /** The view of that name with those features of a customer, whose key is INT64 k0. */
  public static FeatureView of(String name, Feature... features) {
    return ofKeys(name, List.of(new JoinKey("k0", ValueType.INT64)), List.of(features));
  }

  private static FeatureView ofKeys(String name, List<JoinKey> keys, List<Feature> features) {
    return new FeatureView(
        name,
        new Entity("customer", keys, "One buyer"),
        SOURCE,
        keys.stream().map(JoinKey::name).toList(),
        null,
        features);
  }

  /** A stored feature. */
  public static Feature feature(String name, ValueType type) {
    return renamed(name, null, type);
  }

  /** A stored feature with a former name. */
  public static Feature renamed(String name, @Nullable String was, ValueType type) {
    return new DerivedFeature(
        name, new Expression("x", type), null, false, Metadata.describing("Feature " + name), was);
  }
}
