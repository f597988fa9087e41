// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.random.TimeScale;
import io.tailwater.definitions.property.PlainSource.PlainField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Random projects of one view over one or two sources. */
final class RandomView {
  private static final List<ValueType> TYPES =
      List.of(
          ValueType.INT64,
          ValueType.INT64,
          ValueType.INT32,
          ValueType.DOUBLE,
          ValueType.DOUBLE,
          ValueType.FLOAT,
          Sums.MONEY,
          ValueType.decimal(38, 20),
          ValueType.STRING,
          ValueType.STRING,
          ValueType.TIMESTAMP,
          ValueType.BOOL,
          ValueType.BYTES);
  private static final String[] SOURCES = {"orders", "carts"};

  private final Random random;
  private final TimeScale scale;
  private final List<ValueType> joinKeys;
  private final Map<String, String> schemas = new LinkedHashMap<>();
  private final StringBuilder sourcesText = new StringBuilder();

  private RandomView(Random random, TimeScale scale, List<ValueType> joinKeys) {
    this.random = random;
    this.scale = scale;
    this.joinKeys = joinKeys;
  }

  static PlainView next(Random random, TimeScale scale, List<ValueType> joinKeys) {
    return new RandomView(random, scale, joinKeys).next();
  }

  /** The types of an entity's key. */
  static List<ValueType> joinKeys(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(ValueType.STRING);
      case 1 -> List.of(ValueType.STRING, ValueType.INT64);
      default -> List.of(ValueType.INT64);
    };
  }

  private PlainView next() {
    List<PlainSource> sources = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      sources.add(source(SOURCES[sources.size()]));
    }
    RandomFeatures features = new RandomFeatures(random, scale, sources);
    features.add(3 + random.nextInt(6));
    Term where = condition(sources.get(0));
    List<PlainSource> used =
        IntStream.range(0, sources.size())
            .filter(i -> i == 0 || features.usesSource(i))
            .mapToObj(sources::get)
            .toList();
    String yaml = text(features, used, where);
    return new PlainView(yaml, schemas, used, where, features.features());
  }

  private Term condition(PlainSource own) {
    return random.nextBoolean() ? null : new RandomTerms(random, own.leaves()).predicate(2);
  }

  private PlainSource source(String name) {
    List<PlainField> fields = new ArrayList<>();
    fields.add(new PlainField("order_id", ValueType.INT64, false));
    int[] keys = new int[joinKeys.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = fields.size();
      boolean narrow = joinKeys.get(i).equals(ValueType.INT64) && random.nextInt(3) == 0;
      fields.add(
          new PlainField(
              random.nextBoolean() ? joinKey(i) : "buyer" + i,
              narrow ? ValueType.INT32 : joinKeys.get(i),
              true));
    }
    for (int i = random.nextInt(4); i >= -2; i--) {
      ValueType type = TYPES.get(random.nextInt(TYPES.size()));
      fields.add(new PlainField("f" + fields.size(), type, random.nextInt(3) > 0));
    }
    int time = random.nextInt(fields.size() + 1);
    fields.add(time, timeField());
    for (int i = 0; i < keys.length; i++) {
      keys[i] += time <= keys[i] ? 1 : 0;
    }
    List<Term> columns = new ArrayList<>();
    RandomTerms terms = new RandomTerms(random, PlainSource.leaves(fields));
    for (int i = random.nextInt(3); i > 0; i--) {
      columns.add(terms.value(type -> true).orElseThrow());
    }
    PlainSource source = new PlainSource(name, fields, time, columns, keys);
    schemas.put(name + ".avsc", Yaml.schema(source));
    sourcesText.append(Yaml.source(source));
    return source;
  }

  private PlainField timeField() {
    return new PlainField(
        random.nextBoolean() ? PlainSource.EVENT_TIME : "happened",
        random.nextBoolean() ? ValueType.TIMESTAMP : ValueType.INT64,
        false);
  }

  private static String joinKey(int index) {
    return "k" + index;
  }

  private String text(RandomFeatures features, List<PlainSource> used, Term where) {
    StringBuilder yaml = new StringBuilder("project: p\nentities:\n  - name: e\n    join_keys:\n");
    for (int i = 0; i < joinKeys.size(); i++) {
      yaml.append("      - {name: %s, type: %s}\n".formatted(joinKey(i), joinKeys.get(i)));
    }
    yaml.append("sources:\n").append(sourcesText);
    yaml.append("feature_views:\n  - name: v\n    entity: e\n    source: orders\n");
    yaml.append("    unbounded_state: true\n");
    if (where != null) {
      yaml.append("    where: %s\n".formatted(Yaml.quoted(where.sql())));
    }
    if (features.viewExpiry() > 0) {
      yaml.append("    expiry: %dms\n".formatted(features.viewExpiry()));
    }
    Set<String> keys = new LinkedHashSet<>();
    for (PlainSource source : used) {
      keys.addAll(keysText(source));
    }
    if (!keys.isEmpty()) {
      yaml.append("    keys: {%s}\n".formatted(String.join(", ", keys)));
    }
    return yaml.append("    features:\n").append(features.text()).toString();
  }

  /** Those that are not in the field of their own name; of the own source some that are, too. */
  private List<String> keysText(PlainSource source) {
    List<String> mapped = new ArrayList<>();
    for (int i = 0; i < joinKeys.size(); i++) {
      String field = source.fields().get(source.keys()[i]).name();
      if (!field.equals(joinKey(i)) || random.nextInt(4) == 0) {
        mapped.add(joinKey(i) + ": " + field);
      }
    }
    boolean own = source.name().equals(SOURCES[0]);
    return own || mapped.isEmpty()
        ? mapped
        : List.of("%s: {%s}".formatted(source.name(), String.join(", ", mapped)));
  }
}
