// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.feast.FeastEntityKey;
import io.tailwater.stores.feast.FeastFields;
import io.tailwater.stores.feast.FeastValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The layout of Feast 0.66, whose readers find features and their times where they expect them.
 *
 * <p>One HASH an entity, with the fields of all of its views ({@link FeastEntityKey}, {@link
 * FeastFields}, {@link FeastValues}); a null feature has an empty value. Beside Feast's fields each
 * view has one of ours, {@code _tailwater:<view>}: {@code <event timestamp>:<generation>:<event
 * count>:<valid until>:<fields>:<complete from>}, in text. The first three are the fence's order;
 * {@code fields} are those of the view's features, in hexadecimal one behind the other, so that the
 * next write knows which of them to remove; the other two are empty where there is nothing to say.
 *
 * <p>Timestamps are in seconds, as Feast has them: what is finer is lost, for our own client too.
 * The HASH expires as a whole, with the last of its views.
 */
public final class FeastLayout extends OnlineLayout {
  private static final long serialVersionUID = 1L;

  private final FeastEntityKey keys;

  /**
   * The layout of one view.
   *
   * @param joinKeys the entity's, in its order; not empty
   * @param features in the order of {@link io.tailwater.stores.OnlineVector#values()}
   * @throws IllegalArgumentException if Feast has no place for a join key or a feature, or one for
   *     two features
   */
  public FeastLayout(String project, String view, List<JoinKey> joinKeys, List<Field> features) {
    super(project, view, joinKeys, features);
    this.keys = new FeastEntityKey(project, joinKeys);
    for (Field feature : features) {
      try {
        FeastValues.requireRepresentable(feature.type());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "feature '%s' of view '%s': %s".formatted(feature.name(), view, e.getMessage()), e);
      }
    }
    claim(view, features, new HashMap<>());
  }

  /**
   * Makes sure that no feature of one view has the field of another one's: views with the same join
   * keys share a hash, and a feature's field there is a number of 32 bits.
   *
   * @throws IllegalArgumentException if two of them meet, naming both
   */
  static void requireApart(List<StoredView> views) {
    Map<Set<String>, Map<RedisKey, String>> owners = new HashMap<>();
    for (StoredView view : views) {
      Set<String> joinKeys =
          view.entity().joinKeys().stream().map(JoinKey::name).collect(Collectors.toSet());
      claim(
          view.name(),
          storedFeatures(view),
          owners.computeIfAbsent(joinKeys, added -> new HashMap<>()));
    }
  }

  private static void claim(String view, List<Field> features, Map<RedisKey, String> owners) {
    for (Field feature : features) {
      String name = view + ":" + feature.name();
      String other = owners.put(new RedisKey(FeastFields.feature(view, feature.name())), name);
      if (other != null) {
        throw new IllegalArgumentException(
            "features '%s' and '%s' have one field in Feast's layout, the Murmur hash of their names: rename one of them"
                .formatted(other, name));
      }
    }
  }

  /** The layout of {@code view} in {@code project}. */
  public static FeastLayout of(String project, StoredView view) {
    return new FeastLayout(project, view.name(), view.entity().joinKeys(), storedFeatures(view));
  }

  FeastEntityKey keys() {
    return keys;
  }

  /** The field with the order of the view's vector. */
  String orderField() {
    return "_tailwater:" + view();
  }

  @Override
  VectorFields fields(List<Field> selected) {
    return new FeastVectors(this, selected);
  }

  @Override
  VectorWrites writes(@Nullable Duration expireAfter) {
    return new FeastWrites(this, expireAfter);
  }

  @Override
  byte[] scanPattern() {
    return keys.pattern();
  }

  @Override
  Object @Nullable [] entity(byte[] redisKey) {
    return keys.isKey(redisKey) ? keys.parse(redisKey) : null;
  }
}
