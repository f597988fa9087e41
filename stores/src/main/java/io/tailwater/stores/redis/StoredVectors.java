// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.definitions.model.Field;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which fields to read of a view's vectors, and what their texts mean. Immutable. */
final class StoredVectors {
  private static final List<String> METADATA =
      List.of(
          NativeLayout.EVENT_TIMESTAMP,
          NativeLayout.VALID_UNTIL,
          NativeLayout.VERSION,
          NativeLayout.COMPLETE_FROM);

  private final NativeLayout layout;
  private final List<Field> features;
  private final String[] fields;

  /** All features of the view. */
  StoredVectors(NativeLayout layout) {
    this(layout.features(), layout);
  }

  /** The named features. */
  StoredVectors(NativeLayout layout, List<String> names) {
    this(names.stream().map(name -> feature(layout, name)).toList(), layout);
  }

  private StoredVectors(List<Field> features, NativeLayout layout) {
    this.layout = layout;
    this.features = features;
    List<String> names = new ArrayList<>(METADATA);
    features.forEach(feature -> names.add(feature.name()));
    this.fields = names.toArray(String[]::new);
  }

  String redisKey(Object[] key) {
    return layout.key(key);
  }

  /** The fields to ask for with HMGET. */
  String[] fields() {
    return fields;
  }

  /**
   * The vector in a reply to HMGET of {@link #fields}; empty if there is none.
   *
   * @throws IllegalArgumentException if a text is not of its feature's type
   */
  Optional<OnlineVector> decode(Object[] key, List<@Nullable String> texts) {
    String eventTimestamp = texts.get(0);
    String validUntil = texts.get(1);
    String version = texts.get(2);
    if (eventTimestamp == null || version == null) {
      return Optional.empty();
    }
    int colon = version.indexOf(':');
    return Optional.of(
        new OnlineVector(
            key,
            Long.parseLong(eventTimestamp),
            validUntil == null ? OnlineVector.FOREVER : Long.parseLong(validUntil),
            Long.parseLong(version.substring(0, colon)),
            Long.parseLong(version.substring(colon + 1)),
            values(texts.subList(METADATA.size(), texts.size())),
            completeFrom(texts.get(3))));
  }

  private long[] completeFrom(@Nullable String text) {
    if (text == null) {
      return OnlineVector.COMPLETE;
    }
    Map<?, ?> instants = (Map<?, ?>) ValueText.parse(NativeLayout.COMPLETE_FROM_TYPE, text);
    return features.stream()
        .mapToLong(
            feature ->
                instants.get(feature.name()) instanceof Long instant ? instant : Long.MIN_VALUE)
        .toArray();
  }

  // NullAway: the elements of OnlineVector.values may be null, as its Javadoc says.
  @SuppressWarnings("NullAway")
  private Object[] values(List<@Nullable String> texts) {
    Object[] values = new Object[texts.size()];
    for (int i = 0; i < values.length; i++) {
      String text = texts.get(i);
      values[i] = text == null ? null : ValueText.parse(features.get(i).type(), text);
    }
    return values;
  }

  private static Field feature(NativeLayout layout, String name) {
    return layout.features().stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "view '%s' has no feature '%s'".formatted(layout.view(), name)));
  }
}
