// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a YAML file, with its path. What it is not is added to the problems. */
final class YamlValue {
  private static final int EXCERPT = 60;
  private static final int WHOLE = -1;

  private final Node node;
  private final String file;
  private final String path;
  private final Problems problems;

  YamlValue(Node node, String file, String path, Problems problems) {
    this.node = node;
    this.file = file;
    this.path = path;
    this.problems = problems;
  }

  String path() {
    return path;
  }

  /** The line where it begins, from 1. */
  int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  boolean isNull() {
    return node instanceof ScalarNode scalar && Tag.NULL.equals(scalar.getTag());
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** Whether it is a text in quotes or a block: what looks like a number in it is none. */
  boolean isQuoted() {
    return node instanceof ScalarNode scalar && !scalar.isPlain();
  }

  /** The scalar as the author wrote it; empty, and no problem, if it is none. */
  Optional<String> text() {
    return node instanceof ScalarNode scalar && !isNull()
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** The scalar as the author wrote it, whether it looks like a text or like a number. */
  Optional<String> asText() {
    return asText("a text");
  }

  /** The scalar as the author wrote it. */
  Optional<String> asText(String expected) {
    Optional<String> text = text();
    if (text.isEmpty()) {
      problem(describe(), expected);
    }
    return text;
  }

  Optional<YamlMapping> asMapping() {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMapping(mapping, this, file, problems));
    }
    problem(describe(), "fields, as in 'name: …'");
    return Optional.empty();
  }

  /** The elements; their paths end in their {@code name}, where they have one. */
  List<YamlValue> asList() {
    if (!(node instanceof SequenceNode sequence)) {
      problem(describe(), "a list");
      return List.of();
    }
    List<YamlValue> values = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      String label = nameOf(element).orElse(String.valueOf(values.size()));
      values.add(new YamlValue(element, file, "%s[%s]".formatted(path, label), problems));
    }
    return values;
  }

  /** The elements' texts. */
  List<String> asTexts() {
    return asList().stream().flatMap(element -> element.asText().stream()).toList();
  }

  void problem(String found, String expected) {
    problem(found, expected, null);
  }

  void problem(String found, String expected, @Nullable String hint) {
    problemAt(WHOLE, found, expected, hint);
  }

  /**
   * Adds a problem with one character of the text.
   *
   * @param offset its index; made a column where the text stands on one line, as it is
   */
  void problemAt(int offset, String found, String expected, @Nullable String hint) {
    Mark start = node.getStartMark().orElse(null);
    int line = start == null ? 0 : start.getLine() + 1;
    int column = start == null ? 0 : start.getColumn() + 1 + columnsTo(offset);
    problems.add(new Problem(file, line, column, path, found, expected, hint));
  }

  /** What stands here, for a message. */
  String describe() {
    if (isNull()) {
      return "nothing";
    }
    if (node instanceof ScalarNode scalar) {
      String text = scalar.getValue().strip().replaceAll("\\s+", " ");
      return "'%s'".formatted(text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text);
    }
    return isList() ? "a list" : "fields";
  }

  private int columnsTo(int offset) {
    if (offset == WHOLE || !(node instanceof ScalarNode scalar) || !isOneLine()) {
      return 0;
    }
    ScalarStyle style = scalar.getScalarStyle();
    boolean quoted = style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED;
    return quoted ? offset + 1 : offset;
  }

  private boolean isOneLine() {
    Mark start = node.getStartMark().orElse(null);
    Mark end = node.getEndMark().orElse(null);
    return start != null && end != null && start.getLine() == end.getLine();
  }

  private static Optional<String> nameOf(Node element) {
    if (!(element instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    return mapping.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("name"))
        .filter(tuple -> tuple.getValueNode() instanceof ScalarNode)
        .map(tuple -> ((ScalarNode) tuple.getValueNode()).getValue())
        .findFirst();
  }
}
