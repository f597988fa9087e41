// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.ValueType;
import io.tailwater.stores.OnlineVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@link NativeLayout}. */
final class FencedWrites implements VectorWrites {
  private static final byte[] VALID_UNTIL = utf8(NativeLayout.VALID_UNTIL);
  private static final byte[] COMPLETE_FROM = utf8(NativeLayout.COMPLETE_FROM);

  private final NativeLayout layout;
  private final List<byte[]> names;
  private final List<ValueType> types;
  private final byte[] expiryMillis;
  private final CompleteFrom completeFrom;

  FencedWrites(NativeLayout layout, @Nullable Duration expireAfter) {
    this.layout = layout;
    this.names = layout.features().stream().map(feature -> utf8(feature.name())).toList();
    this.types = layout.features().stream().map(feature -> feature.type()).toList();
    this.completeFrom = new CompleteFrom(layout.features());
    this.expiryMillis = utf8(expireAfter == null ? 0 : expireAfter.toMillis());
  }

  @Override
  public RedisKey key(Object[] entity) {
    return RedisKey.of(layout.key(entity));
  }

  @Override
  public ScriptCall write(RedisKey redisKey, OnlineVector vector) {
    List<byte[]> arguments = new ArrayList<>(6 + 2 * names.size());
    arguments.add(utf8(vector.eventTimestamp()));
    arguments.add(utf8(vector.generation()));
    arguments.add(utf8(vector.eventCount()));
    arguments.add(expiryMillis);
    addValues(arguments, vector.values());
    if (vector.validUntil() != OnlineVector.FOREVER) {
      arguments.add(VALID_UNTIL);
      arguments.add(utf8(vector.validUntil()));
    }
    if (vector.completeFrom().length > 0) {
      arguments.add(COMPLETE_FROM);
      arguments.add(utf8(completeFrom.text(vector)));
    }
    return new ScriptCall(LuaScript.FENCE, redisKey, arguments);
  }

  private void addValues(List<byte[]> arguments, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        arguments.add(names.get(i));
        arguments.add(utf8(ValueText.format(types.get(i), value)));
      }
    }
  }

  private static byte[] utf8(long number) {
    return utf8(Long.toString(number));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
