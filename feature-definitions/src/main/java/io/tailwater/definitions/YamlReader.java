// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a YAML file to nodes that know where they stand. No type is ever instantiated by a tag. */
final class YamlReader {
  private static final String NESTING = "fewer levels of nesting";

  private final Problems problems;

  YamlReader(Problems problems) {
    this.problems = problems;
  }

  /** The file's top level; empty for an empty file and for one with a problem, which is added. */
  Optional<YamlMapping> read(Path file) {
    return read(file, String.valueOf(file.getFileName()));
  }

  /**
   * The same with a name of the file for problems.
   *
   * @param name as the author knows the file
   */
  Optional<YamlMapping> read(Path file, String name) {
    return read(name, () -> Files.readString(file, StandardCharsets.UTF_8));
  }

  /** The same of one of a project's files. */
  Optional<YamlMapping> read(ProjectTexts texts, String file) {
    return read(file, () -> texts.read(file));
  }

  /** A text that has to be read. */
  @FunctionalInterface
  private interface Text {
    String read() throws IOException;
  }

  private Optional<YamlMapping> read(String name, Text text) {
    try {
      return parse(name, text.read());
    } catch (CharacterCodingException e) {
      add(name, null, "bytes that are not UTF-8", "a text file in UTF-8");
    } catch (IOException e) {
      add(name, null, "a file that cannot be read (%s)".formatted(e), "");
    }
    return Optional.empty();
  }

  private Optional<YamlMapping> parse(String name, String text) {
    try {
      // Room for all of the text: where the end of a buffer parts the two chars of a character,
      // the library fails.
      LoadSettings settings =
          LoadSettings.builder().setLabel(name).setBufferSize(text.length() + 1).build();
      Node root = new Compose(settings).composeString(text).orElse(null);
      if (root == null) {
        return Optional.empty();
      }
      if (!AliasGuard.accepts(root)) {
        add(name, null, "aliases that contain themselves or each other many times over", "none");
        return Optional.empty();
      }
      YamlValue value = new YamlValue(root, name, "", problems);
      return value.isNull() ? Optional.empty() : value.asMapping();
    } catch (MarkedYamlEngineException e) {
      add(name, e.getProblemMark().orElse(null), "YAML that breaks off: " + problemOf(e), "");
    } catch (YamlEngineException e) {
      add(name, null, "no YAML: " + e.getMessage(), "");
    } catch (StackOverflowError e) {
      add(name, null, "YAML that is nested too deeply", NESTING);
    }
    return Optional.empty();
  }

  private static String problemOf(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
    return e.getContext() == null ? problem : "%s, %s".formatted(e.getContext(), problem);
  }

  private void add(String file, @Nullable Mark mark, String found, String expected) {
    int line = mark == null ? 0 : mark.getLine() + 1;
    int column = mark == null ? 0 : mark.getColumn() + 1;
    problems.add(new Problem(file, line, column, "", found, expected, null));
  }
}
