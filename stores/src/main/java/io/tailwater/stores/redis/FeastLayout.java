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
    Map<RedisKey, String> names = new HashMap<>();
    for (Field feature : features) {
      try {
        FeastValues.requireRepresentable(feature.type());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "feature '%s' of view '%s': %s".formatted(feature.name(), view, e.getMessage()), e);
      }
      RedisKey field = new RedisKey(FeastFields.feature(view, feature.name()));
      String other = names.put(field, feature.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "features '%s' and '%s' of view '%s' have one hash in Feast's layout: rename one of them"
                .formatted(other, feature.name(), view));
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
