// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints one customer's vector each time Redis has another one. For one thread. */
final class HeroWatch {
  private final NativeLayout layout;
  private final List<String> features;
  private final StatusLine out;
  private @Nullable OnlineVector shown;

  HeroWatch(String project, StoredView view, StatusLine out) {
    this.layout = NativeLayout.of(project, view);
    this.features = view.storedFeatures().stream().map(Feature::name).toList();
    this.out = out;
  }

  /** Looks once. */
  void look(RedisReader redis) {
    Optional<OnlineVector> vector = redis.read(layout, new Object[] {Shop.HERO});
    if (vector.isPresent() && !isShown(vector.get())) {
      shown = vector.get();
      out.say(line(shown));
    }
  }

  private boolean isShown(OnlineVector vector) {
    return shown != null && Arrays.equals(shown.values(), vector.values());
  }

  private String line(OnlineVector vector) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      values.add("%s %s".formatted(features.get(i), text(vector.values()[i])));
    }
    return "  customer %d as of %s: %s"
        .formatted(
            Shop.HERO, Instant.ofEpochMilli(vector.eventTimestamp()), String.join(", ", values));
  }

  private static String text(@Nullable Object value) {
    return value instanceof Double number ? "%.2f".formatted(number) : String.valueOf(value);
  }
}
