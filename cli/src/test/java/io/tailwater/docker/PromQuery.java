// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL query asks for.
 *
 * @param selectors the metrics, each with what its labels must be
 * @param labels what it groups and joins by
 */
record PromQuery(List<Selector> selectors, Set<String> labels) {
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
  private static final Pattern GROUPING =
      Pattern.compile(
          "\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.$])([a-zA-Z_:][\\w:]*)\\s*(\\(|\\{([^}]*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*#(\\d+)");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*),\\s*(\\w+)\\)");
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "offset", "bool", "by", "without", "on", "ignoring");

  /** A metric, and what its labels must be. */
  record Selector(String name, List<LabelMatcher> matchers) {
    boolean takes(Sample sample) {
      return sample.name().equals(name)
          && matchers.stream().allMatch(matcher -> matcher.takes(sample));
    }
  }

  /** What a label must be; {@code operator} as in PromQL. */
  record LabelMatcher(String label, String operator, String value) {
    boolean takes(Sample sample) {
      String found = sample.labels().getOrDefault(label, "");
      boolean same = operator.endsWith("~") ? found.matches(value) : found.equals(value);
      return operator.startsWith("!") != same;
    }
  }

  static PromQuery of(String text) {
    List<String> strings = new ArrayList<>();
    String plain =
        STRING
            .matcher(text)
            .replaceAll(
                string -> {
                  // All values of a variable of the dashboard.
                  strings.add(string.group(1).replaceAll("\\$\\w+", ".*"));
                  return "#" + (strings.size() - 1);
                });
    Set<String> labels = new HashSet<>();
    plain =
        GROUPING
            .matcher(RANGE.matcher(plain).replaceAll(""))
            .replaceAll(
                grouping -> {
                  for (String label : grouping.group(1).split(",", -1)) {
                    if (!label.isBlank()) {
                      labels.add(label.strip());
                    }
                  }
                  return "";
                });
    return new PromQuery(selectors(plain, strings), labels);
  }

  /** Of a variable of a dashboard: {@code label_values(SELECTOR, LABEL)}. */
  static PromQuery ofVariable(String definition) {
    Matcher variable = VARIABLE.matcher(definition);
    if (!variable.matches()) {
      throw new IllegalArgumentException(
          "found '%s', expected label_values(…)".formatted(definition));
    }
    return new PromQuery(of(variable.group(1)).selectors(), Set.of(variable.group(2)));
  }

  private static List<Selector> selectors(String plain, List<String> strings) {
    List<Selector> selectors = new ArrayList<>();
    Matcher name = NAME.matcher(plain);
    while (name.find()) {
      boolean function = "(".equals(name.group(2));
      if (!function && !OPERATORS.contains(name.group(1).toLowerCase(Locale.ROOT))) {
        selectors.add(new Selector(name.group(1), matchers(name.group(3), strings)));
      }
    }
    return selectors;
  }

  private static List<LabelMatcher> matchers(String text, List<String> strings) {
    List<LabelMatcher> matchers = new ArrayList<>();
    Matcher matcher = MATCHER.matcher(text == null ? "" : text);
    while (matcher.find()) {
      matchers.add(
          new LabelMatcher(
              matcher.group(1), matcher.group(2), strings.get(Integer.parseInt(matcher.group(3)))));
    }
    return matchers;
  }
}
