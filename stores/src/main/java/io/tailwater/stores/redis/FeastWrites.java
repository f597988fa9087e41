// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.model.Field;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.feast.FeastFields;
import io.tailwater.stores.feast.FeastValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes {@link FeastLayout}. */
final class FeastWrites implements VectorWrites {
  private final FeastLayout layout;
  private final byte[] orderField;
  private final byte[] timeField;
  private final List<byte[]> fields;
  private final String fieldNames;
  private final byte[] expiryMillis;
  private final CompleteFrom completeFrom;

  FeastWrites(FeastLayout layout, @Nullable Duration expireAfter) {
    this.layout = layout;
    this.orderField = utf8(layout.orderField());
    this.timeField = FeastFields.eventTimestamp(layout.view());
    this.fields =
        layout.features().stream()
            .map(feature -> FeastFields.feature(layout.view(), feature.name()))
            .toList();
    this.fieldNames = fields.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining());
    this.completeFrom = new CompleteFrom(layout.features());
    this.expiryMillis = utf8(Long.toString(expireAfter == null ? 0 : expireAfter.toMillis()));
  }

  @Override
  public RedisKey key(Object[] entity) {
    return new RedisKey(layout.keys().of(entity));
  }

  @Override
  public ScriptCall write(RedisKey key, OnlineVector vector) {
    List<byte[]> arguments = new ArrayList<>(8 + 2 * fields.size());
    arguments.add(utf8(Long.toString(vector.eventTimestamp())));
    arguments.add(utf8(Long.toString(vector.generation())));
    arguments.add(utf8(Long.toString(vector.eventCount())));
    arguments.add(expiryMillis);
    arguments.add(utf8(rest(vector)));
    arguments.add(orderField);
    arguments.add(timeField);
    arguments.add(FeastValues.timestamp(vector.eventTimestamp()));
    List<Field> features = layout.features();
    for (int i = 0; i < fields.size(); i++) {
      arguments.add(fields.get(i));
      arguments.add(FeastValues.encode(features.get(i).type(), vector.values()[i]));
    }
    return new ScriptCall(LuaScript.FEAST_FENCE, key, arguments);
  }

  private String rest(OnlineVector vector) {
    return (vector.validUntil() == OnlineVector.FOREVER ? "" : vector.validUntil())
        + ":"
        + fieldNames
        + ":"
        + (vector.completeFrom().length == 0 ? "" : completeFrom.text(vector));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
