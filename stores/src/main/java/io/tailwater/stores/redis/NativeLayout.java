// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layout that people read with {@code redis-cli}.
 *
 * <p>One HASH an entity, with the key {@code <project>:<view>:<key>}; a composite key's components
 * follow one another in the entity's order, separated by {@code :}, in the text of their types.
 * Every part is escaped ({@code %} as {@code %25}, {@code :} as {@code %3A}), so different entities
 * never share a key, and a key can be {@linkplain #parseKey read back}. The HASH has one field a
 * feature with the value in plain text; a null feature has no field. Beside them stand
 *
 * <ul>
 *   <li>{@code _event_timestamp}: as of when the values hold, milliseconds since the epoch;
 *   <li>{@code _valid_until}: the first instant, in milliseconds, at which they differ by
 *       themselves; absent if there is none;
 *   <li>{@code _version}: {@code <generation>:<event count>}, the rest of the fence's order;
 *   <li>{@code _complete_from}: of the features that are not fully known as of then, a JSON object
 *       of names and first instants at which they are, in milliseconds; absent if all are.
 * </ul>
 *
 * <p>The keys of progress, materialization and definitions are no entities' keys, since no escaped
 * part starts with {@code %p}, {@code %m} or {@code %d}.
 */
public final class NativeLayout extends OnlineLayout {
  private static final long serialVersionUID = 1L;

  /** The field with the instant as of which the values hold. */
  public static final String EVENT_TIMESTAMP = "_event_timestamp";

  /** The field with the first instant at which the values differ by themselves. */
  public static final String VALID_UNTIL = "_valid_until";

  /** The field with generation and event count. */
  public static final String VERSION = "_version";

  /** The field with the features that are not fully known, and from when on they are. */
  public static final String COMPLETE_FROM = "_complete_from";

  private static final Set<String> RESERVED =
      Set.of(EVENT_TIMESTAMP, VALID_UNTIL, VERSION, COMPLETE_FROM);

  private final String prefix;

  /**
   * The layout of one view.
   *
   * @param joinKeys the entity's, in its order; not empty
   * @param features in the order of {@link io.tailwater.stores.OnlineVector#values()}
   * @throws IllegalArgumentException if a feature has the name of a field that the layout needs
   */
  public NativeLayout(String project, String view, List<JoinKey> joinKeys, List<Field> features) {
    super(project, view, joinKeys, features);
    for (Field feature : features) {
      if (RESERVED.contains(feature.name())) {
        throw new IllegalArgumentException(
            "feature '%s' of view '%s' has a name that the Redis layout needs itself"
                .formatted(feature.name(), view));
      }
    }
    this.prefix =
        KeyText.escape(project) + KeyText.SEPARATOR + KeyText.escape(view) + KeyText.SEPARATOR;
  }

  /** The layout of {@code view} in {@code project}. */
  public static NativeLayout of(String project, StoredView view) {
    return new NativeLayout(project, view.name(), view.entity().joinKeys(), storedFeatures(view));
  }

  @Override
  VectorFields fields(List<Field> selected) {
    return new StoredVectors(this, selected);
  }

  @Override
  VectorWrites writes(@Nullable Duration expireAfter) {
    return new FencedWrites(this, expireAfter);
  }

  @Override
  byte[] scanPattern() {
    return keyPattern().getBytes(UTF_8);
  }

  @Override
  Object @Nullable [] entity(byte[] redisKey) {
    try {
      return parseKey(new String(redisKey, UTF_8));
    } catch (IllegalArgumentException e) {
      return null; // another program's, with the view's prefix
    }
  }

  /**
   * The Redis key of an entity.
   *
   * @param key the join keys' values in the entity's order, of their types' Java classes
   */
  public String key(Object[] key) {
    if (key.length != joinKeys().size()) {
      throw new IllegalArgumentException(
          "view '%s' has %d join keys, not %d".formatted(view(), joinKeys().size(), key.length));
    }
    if (key.length == 1) {
      return prefix + component(0, key);
    }
    StringBuilder text = new StringBuilder(prefix).append(component(0, key));
    for (int i = 1; i < key.length; i++) {
      text.append(KeyText.SEPARATOR).append(component(i, key));
    }
    return text.toString();
  }

  /**
   * The values of the join keys in a Redis key of this view.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Object[] parseKey(String redisKey) {
    String[] parts =
        redisKey.startsWith(prefix)
            ? redisKey.substring(prefix.length()).split(String.valueOf(KeyText.SEPARATOR), -1)
            : new String[0];
    if (parts.length != joinKeys().size()) {
      throw new IllegalArgumentException("'%s' is no key of view '%s'".formatted(redisKey, view()));
    }
    Object[] key = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      key[i] = ValueText.parse(joinKeys().get(i).type(), KeyText.unescape(parts[i]));
    }
    return key;
  }

  /** A pattern for SCAN that matches the keys of the view's entities and no others. */
  public String keyPattern() {
    return prefix.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0") + "*";
  }

  private String component(int index, Object[] key) {
    ValueType type = joinKeys().get(index).type();
    return KeyText.escape(ValueText.format(type, key[index]));
  }
}
