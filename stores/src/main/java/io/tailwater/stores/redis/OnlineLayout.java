// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.settings.LayoutKind;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the vectors of one view stand in Redis.
 *
 * <p>Beside them, whatever the layout, the progress of the view's job stands in the HASH {@code
 * <project>:%progress:<view>}, and how far its offline table has been copied in {@code
 * <project>:%materialized:<view>}. The project's definitions that are applied are in {@code
 * <project>:%definitions}.
 *
 * <p>Immutable and thread-safe.
 */
public abstract sealed class OnlineLayout implements Serializable
    permits NativeLayout, FeastLayout {
  private static final long serialVersionUID = 1L;
  private static final String PROGRESS = "%progress";
  private static final String MATERIALIZED = "%materialized";

  private final String project;
  private final String view;
  private final List<JoinKey> joinKeys;
  private final List<Field> features;
  private final byte[] progressKey;

  /**
   * @param joinKeys the entity's, in its order; not empty
   * @param features in the order of {@link io.tailwater.stores.OnlineVector#values()}
   */
  OnlineLayout(String project, String view, List<JoinKey> joinKeys, List<Field> features) {
    this.project = requireNonNull(project, "project is null");
    this.view = requireNonNull(view, "view is null");
    this.joinKeys = List.copyOf(joinKeys);
    this.features = List.copyOf(features);
    this.progressKey = noEntitysKey(PROGRESS).getBytes(UTF_8);
    if (joinKeys.isEmpty()) {
      throw new IllegalArgumentException("view '%s' has no join keys".formatted(view));
    }
  }

  /**
   * The layout of {@code view} in {@code project}.
   *
   * @throws IllegalArgumentException if the layout has no place for a join key or feature of it
   */
  public static OnlineLayout of(LayoutKind kind, String project, StoredView view) {
    return switch (kind) {
      case NATIVE -> NativeLayout.of(project, view);
      case FEAST -> FeastLayout.of(project, view);
    };
  }

  /**
   * Makes sure that all views of a project have a place of their own.
   *
   * @throws IllegalArgumentException if the layout has none for a join key or a feature, or one for
   *     two features, naming them
   */
  public static void requirePlaces(LayoutKind kind, Project project) {
    for (StoredView view : project.storedViews()) {
      var unused = of(kind, project.name(), view);
    }
    if (kind == LayoutKind.FEAST) {
      FeastLayout.requireApart(project.storedViews());
    }
  }

  /** The view's name. */
  public final String view() {
    return view;
  }

  /** The features in the order of {@link io.tailwater.stores.OnlineVector#values()}. */
  public final List<Field> features() {
    return features;
  }

  /**
   * What to ask for to get these features of the view, in this order.
   *
   * @throws IllegalArgumentException if the view has no feature of such a name
   */
  public final VectorFields select(List<String> names) {
    return fields(names.stream().map(this::feature).toList());
  }

  /** What to ask for to get all features of the view. */
  final VectorFields selectAll() {
    return fields(features);
  }

  abstract VectorFields fields(List<Field> selected);

  /**
   * What writes the view's vectors.
   *
   * @param expireAfter how long after it was last written a key is deleted; null for never
   */
  abstract VectorWrites writes(@Nullable Duration expireAfter);

  /** A pattern for SCAN that matches the keys of the view's entities, and perhaps some others. */
  abstract byte[] scanPattern();

  /**
   * The values of the join keys in a Redis key; null if it is no key of the view's entities. That
   * there is a vector of the view is not said.
   */
  abstract Object @Nullable [] entity(byte[] redisKey);

  final List<JoinKey> joinKeys() {
    return joinKeys;
  }

  /** The Redis key of the view's progress. Not to be changed. */
  final byte[] progressKey() {
    return progressKey;
  }

  /** The Redis key of where the view's {@linkplain MaterializedPosition materialization} stands. */
  public final String materializedKey() {
    return noEntitysKey(MATERIALIZED);
  }

  private String noEntitysKey(String part) {
    return KeyText.escape(project) + ":" + part + ":" + KeyText.escape(view);
  }

  private Field feature(String name) {
    return features.stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "view '%s' has no feature '%s'".formatted(view, name)));
  }

  static List<Field> storedFeatures(StoredView view) {
    return view.storedFeatures().stream().map(OnlineLayout::field).toList();
  }

  private static Field field(Feature feature) {
    return new Field(feature.name(), feature.type(), true);
  }
}
