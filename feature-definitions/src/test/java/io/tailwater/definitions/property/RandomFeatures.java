// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.ValueType.Kind;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.random.TimeScale;
import io.tailwater.definitions.property.PlainFeature.Aggregated;
import io.tailwater.definitions.property.PlainFeature.Derived;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random features, with their text: every window, aggregate, parameter, category and default. */
final class RandomFeatures {
  private static final AggregateFunction[] FUNCTIONS = AggregateFunction.values();
  private static final String[] SHARES = {"0", "0.25", "0.5", "0.75", "1", "0.333", "0.999"};
  private static final String[] TEXTS = {"none", "", "ü"};

  private final Random random;
  private final TimeScale scale;
  private final List<PlainSource> sources;
  private final List<PlainFeature> features = new ArrayList<>();
  private final List<Term> siblings = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final long viewExpiry;
  private int names;

  RandomFeatures(Random random, TimeScale scale, List<PlainSource> sources) {
    this.random = random;
    this.scale = scale;
    this.sources = sources;
    this.viewExpiry = random.nextInt(3) == 0 ? scale.length(random) : 0;
  }

  /** The view's expiry in milliseconds; 0 if it has none. */
  long viewExpiry() {
    return viewExpiry;
  }

  List<PlainFeature> features() {
    return features;
  }

  String text() {
    return text.toString();
  }

  boolean usesSource(int index) {
    return features.stream()
        .anyMatch(feature -> feature instanceof Aggregated own && own.source() == index);
  }

  void add(int count) {
    addAggregate();
    for (int i = 1; i < count; i++) {
      if (random.nextInt(4) == 0) {
        addDerived();
      } else {
        addAggregate();
      }
    }
  }

  private void addDerived() {
    Optional<Term> value =
        new RandomTerms(random, siblings)
            .value(type -> type.kind() != Kind.ARRAY && type.kind() != Kind.MAP);
    if (value.isPresent()) {
      String name = nextName();
      text.append("      - name: %s\n".formatted(name));
      line("expression", Yaml.quoted(value.get().sql()));
      add(new Derived(name, value.get(), defaultOf(value.get().type())));
    }
  }

  private void addAggregate() {
    int source = random.nextInt(sources.size());
    List<Term> leaves = sources.get(source).leaves();
    RandomTerms terms = new RandomTerms(random, leaves);
    AggregateFunction function = FUNCTIONS[random.nextInt(FUNCTIONS.length)];
    boolean all = function == AggregateFunction.COUNT_ALL;
    Optional<Term> value =
        all ? Optional.empty() : terms.value(type -> function.resultType(type).isPresent());
    if (!all && value.isEmpty()) {
      addAggregate();
      return;
    }
    String name = nextName();
    String parameter = parameter(function);
    text.append("      - name: %s\n".formatted(name));
    line("aggregate", Yaml.quoted(call(function, value.orElse(null), parameter)));
    if (source > 0 || random.nextInt(4) == 0) {
      line("source", sources.get(source).name());
    }
    Term where = random.nextBoolean() ? null : terms.predicate(2);
    if (where != null) {
      line("where", Yaml.quoted(where.sql()));
    }
    Term by = random.nextInt(4) > 0 ? null : category(terms).orElse(null);
    BigDecimal number = parameter.isEmpty() ? null : new BigDecimal(parameter);
    Map<String, Window> windows = windows();
    ValueType type = function.resultType(all ? null : value.get().type()).orElseThrow();
    Object defaultValue = by != null ? null : defaultOf(type);
    windows.forEach(
        (suffix, window) ->
            add(
                new Aggregated(
                    name + suffix,
                    source,
                    function,
                    number,
                    value.orElse(null),
                    by,
                    where,
                    window,
                    defaultValue)));
  }

  private static String call(AggregateFunction function, Term value, String parameter) {
    if (value == null) {
      return "count(*)";
    }
    if (function == AggregateFunction.COUNT_DISTINCT) {
      return "count(distinct %s)".formatted(value.sql());
    }
    String rest = parameter.isEmpty() ? "" : ", " + parameter;
    return "%s(%s%s)".formatted(function.sqlName(), value.sql(), rest);
  }

  private String parameter(AggregateFunction function) {
    return switch (function.parameter()) {
      case NONE -> "";
      case COUNT -> String.valueOf(random.nextInt(10) == 0 ? 1000 : 1 + random.nextInt(4));
      case SHARE -> SHARES[random.nextInt(SHARES.length)];
    };
  }

  /** A text, or a whole number or a truth as its text. */
  private Optional<Term> category(RandomTerms terms) {
    Optional<Term> category =
        terms.value(
            type ->
                type.kind() == Kind.STRING
                    || type.kind() == Kind.INT32
                    || type.kind() == Kind.INT64
                    || type.kind() == Kind.BOOL);
    category.ifPresent(term -> line("by", Yaml.quoted(term.sql())));
    return category.map(RandomFeatures::asText);
  }

  private static Term asText(Term term) {
    if (term.type().kind() == Kind.STRING) {
      return term;
    }
    String duck = "upper(CAST(%s AS VARCHAR))".formatted(term.duck());
    return new Term(
        ValueType.STRING,
        term.sql(),
        duck,
        row -> {
          Object value = term.of(row);
          return value == null ? null : value.toString().toUpperCase(Locale.ROOT);
        });
  }

  /** One window, without a suffix, or a list of them. */
  private Map<String, Window> windows() {
    if (random.nextInt(4) == 0) {
      return listed();
    }
    Window window = new Window.Lifetime();
    switch (random.nextInt(scale.hasCalendar() ? 7 : 5)) {
      case 0 -> line("window", "lifetime");
      case 1, 2 -> window = sliding(scale.length(random), 0);
      case 3, 4 -> window = sliding(scale.length(random), scale.length(random));
      default -> window = calendar();
    }
    return Map.of("", window);
  }

  private Window calendar() {
    Window.Calendar calendar = (Window.Calendar) scale.calendar(random);
    String period = calendar.period().name().toLowerCase(Locale.ROOT);
    line("window", "{calendar: %s, zone: %s}".formatted(period, calendar.zone()));
    return calendar;
  }

  private Window sliding(long length, long offset) {
    line(
        "window",
        offset == 0 ? length + "ms" : "{length: %dms, offset: %dms}".formatted(length, offset));
    return new Window.Sliding(length, offset, expiry(length));
  }

  private long expiry(long length) {
    int form = random.nextInt(3);
    if (form == 0) {
      long own = Math.min(length, scale.length(random));
      line("expiry", own + "ms");
      return own;
    }
    if (form == 1 || viewExpiry > length) {
      line("expiry", "exact");
      return 1;
    }
    return viewExpiry == 0 ? 1 : viewExpiry;
  }

  private Map<String, Window> listed() {
    Map<String, Window> windows = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(2); i >= 0; i--) {
      long length = Math.max(viewExpiry, scale.length(random));
      windows.put("_%dms".formatted(length), Window.sliding(length));
    }
    long least =
        windows.values().stream()
            .mapToLong(window -> ((Window.Sliding) window).lengthMillis())
            .min()
            .orElseThrow();
    boolean lifetime = random.nextBoolean();
    long hop = lifetime ? Math.max(1, viewExpiry) : expiry(least);
    windows.replaceAll(
        (suffix, window) -> new Window.Sliding(((Window.Sliding) window).lengthMillis(), 0, hop));
    if (lifetime) {
      windows.put("_lifetime", new Window.Lifetime());
    }
    String names = String.join(", ", windows.keySet()).replace("_", "");
    line("windows", "[" + names + "]");
    return windows;
  }

  private Object defaultOf(ValueType type) {
    if (random.nextInt(3) > 0) {
      return null;
    }
    int whole = random.nextInt(5) - 2;
    Object value =
        switch (type.kind()) {
          case BOOL -> random.nextBoolean();
          case INT32 -> whole;
          case INT64 -> (long) whole;
          case FLOAT -> whole / 2f + 0f;
          case DOUBLE -> whole / 10.0 + 0.0;
          case DECIMAL -> new BigDecimal(whole).setScale(type.scale());
          case STRING -> TEXTS[random.nextInt(TEXTS.length)];
          case TIMESTAMP -> whole * 1000L;
          case BYTES, ARRAY, MAP -> null;
        };
    if (value != null) {
      line("default", literal(value, type));
    }
    return value;
  }

  private static String literal(Object value, ValueType type) {
    return switch (type.kind()) {
      case STRING -> Yaml.quoted((String) value);
      case TIMESTAMP -> Instant.ofEpochMilli((Long) value).toString();
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      default -> value.toString();
    };
  }

  private void add(PlainFeature feature) {
    features.add(feature);
    siblings.add(Term.leaf(feature.name(), feature.type(), siblings.size()));
  }

  private String nextName() {
    return "feature" + names++;
  }

  private void line(String key, String value) {
    text.append("        %s: %s\n".formatted(key, value));
  }
}
