// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * A type that consists of its class and its serializer; no field of it can be a key, and only what
 * says so can be one itself.
 */
public abstract class ImmutableTypeInfo<T> extends TypeInformation<T> {
  private final Class<T> typeClass;
  private final ImmutableSerializer<T> serializer;

  protected ImmutableTypeInfo(Class<T> typeClass, ImmutableSerializer<T> serializer) {
    this.typeClass = typeClass;
    this.serializer = serializer;
  }

  @Override
  public final TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public final Class<T> getTypeClass() {
    return typeClass;
  }

  @Override
  public final boolean isBasicType() {
    return false;
  }

  @Override
  public final boolean isTupleType() {
    return false;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public final int getArity() {
    return 1;
  }

  @Override
  public final int getTotalFields() {
    return 1;
  }

  @Override
  public final boolean canEqual(Object other) {
    return other instanceof ImmutableTypeInfo;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof ImmutableTypeInfo<?> that
        && typeClass == that.typeClass
        && serializer.equals(that.serializer);
  }

  @Override
  public final int hashCode() {
    return serializer.hashCode();
  }

  @Override
  public final String toString() {
    return "%s(%s)".formatted(typeClass.getSimpleName(), serializer);
  }
}
