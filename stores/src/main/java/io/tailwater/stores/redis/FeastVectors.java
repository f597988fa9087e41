// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.model.Field;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.feast.FeastFields;
import io.tailwater.stores.feast.FeastValues;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of {@link FeastLayout}. */
final class FeastVectors implements VectorFields {
  /** Event timestamp, generation, event count, valid until, fields, complete from. */
  private static final int PARTS = 6;

  private final FeastLayout layout;
  private final List<Field> features;
  private final byte[][] fields;

  FeastVectors(FeastLayout layout, List<Field> features) {
    this.layout = layout;
    this.features = features;
    this.fields =
        Stream.concat(
                Stream.of(layout.orderField().getBytes(UTF_8)),
                features.stream()
                    .map(feature -> FeastFields.feature(layout.view(), feature.name())))
            .toArray(byte[][]::new);
  }

  @Override
  public byte[] redisKey(Object[] key) {
    return layout.keys().of(key);
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
    byte[] order = values.get(0);
    if (order == null) {
      return null;
    }
    String text = new String(order, UTF_8);
    String[] parts = text.split(":", PARTS);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          "found '%s' in field '%s', expected <event timestamp>:<generation>:<event count>:<valid until>:<fields>:<complete from>; another program changed it: delete the key"
              .formatted(text, layout.orderField()));
    }
    return new OnlineVector(
        key,
        Long.parseLong(parts[0]),
        parts[3].isEmpty() ? OnlineVector.FOREVER : Long.parseLong(parts[3]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        values(values.subList(1, values.size())),
        CompleteFrom.parse(features, parts[5].isEmpty() ? null : parts[5]));
  }

  // NullAway: the elements of OnlineVector.values may be null, as its Javadoc says.
  @SuppressWarnings("NullAway")
  private Object[] values(List<byte @Nullable []> bytes) {
    Object[] values = new Object[bytes.size()];
    for (int i = 0; i < values.length; i++) {
      byte[] value = bytes.get(i);
      values[i] = value == null ? null : FeastValues.decode(features.get(i).type(), value);
    }
    return values;
  }
}
