// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.model.Field;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of {@link NativeLayout}: texts in UTF-8. */
final class StoredVectors implements VectorFields {
  private static final List<String> METADATA =
      List.of(
          NativeLayout.EVENT_TIMESTAMP,
          NativeLayout.VALID_UNTIL,
          NativeLayout.VERSION,
          NativeLayout.COMPLETE_FROM);

  private final NativeLayout layout;
  private final List<Field> features;
  private final byte[][] fields;

  StoredVectors(NativeLayout layout, List<Field> features) {
    this.layout = layout;
    this.features = features;
    List<String> names = new ArrayList<>(METADATA);
    features.forEach(feature -> names.add(feature.name()));
    this.fields = names.stream().map(StoredVectors::utf8).toArray(byte[][]::new);
  }

  @Override
  public byte[] redisKey(Object[] key) {
    return utf8(layout.key(key));
  }

  @Override
  public byte[][] fields() {
    return fields;
  }

  @Override
  public byte[] progressKey() {
    return layout.progressKey();
  }

  @Override
  public @Nullable OnlineVector decode(Object[] key, List<byte @Nullable []> values) {
    String eventTimestamp = text(values.get(0));
    String validUntil = text(values.get(1));
    String version = text(values.get(2));
    if (eventTimestamp == null || version == null) {
      return null;
    }
    int colon = version.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "found '%s' in field '%s', expected <generation>:<event count>; another program changed it: delete the key"
              .formatted(version, NativeLayout.VERSION));
    }
    return new OnlineVector(
        key,
        Long.parseLong(eventTimestamp),
        validUntil == null ? OnlineVector.FOREVER : Long.parseLong(validUntil),
        Long.parseLong(version.substring(0, colon)),
        Long.parseLong(version.substring(colon + 1)),
        values(values.subList(METADATA.size(), values.size())),
        CompleteFrom.parse(features, text(values.get(3))));
  }

  // NullAway: the elements of OnlineVector.values may be null, as its Javadoc says.
  @SuppressWarnings("NullAway")
  private Object[] values(List<byte @Nullable []> texts) {
    Object[] values = new Object[texts.size()];
    for (int i = 0; i < values.length; i++) {
      String text = text(texts.get(i));
      values[i] = text == null ? null : ValueText.parse(features.get(i).type(), text);
    }
    return values;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, UTF_8);
  }
}
