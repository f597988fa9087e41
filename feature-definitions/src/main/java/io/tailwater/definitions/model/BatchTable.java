// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.settings.Secrets;
import io.tailwater.definitions.settings.Variables;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that a batch view's query reads, through one of Flink's connectors.
 *
 * @param name as the query calls it
 * @param options Flink's {@code WITH} options, {@code connector} among them, in the order of
 *     writing and as written: <code>${NAME}</code> stands for a variable of the environment, which
 *     only {@link #options(Map)} looks up, so that no definition holds what a variable does
 * @param columns in the order of writing; not empty
 */
public record BatchTable(String name, Map<String, String> options, List<Column> columns)
    implements Serializable {
  /** The option that names the connector. */
  public static final String CONNECTOR = "connector";

  /**
   * A column of the table.
   *
   * @param name as the table has it
   * @param sqlType a type of Flink SQL, such as {@code BIGINT} or {@code TIMESTAMP(3)}
   */
  public record Column(String name, String sqlType) implements Serializable {
    public Column {
      requireNonNull(name, "name is null");
      requireNonNull(sqlType, "sqlType is null");
    }
  }

  public BatchTable {
    requireNonNull(name, "name is null");
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    columns = List.copyOf(columns);
    if (!options.containsKey(CONNECTOR) || columns.isEmpty()) {
      throw new IllegalArgumentException(
          "table '%s' has no connector or no columns: %s, %s"
              .formatted(name, Secrets.redact(options), columns));
    }
  }

  /**
   * The options with their variables: for the job that is about to read, not to be kept.
   *
   * @param environment as a rule {@link System#getenv()}
   * @throws IllegalArgumentException with every variable that is not set and has no default, and
   *     every file that cannot be read
   */
  public Map<String, String> options(Map<String, String> environment) {
    Map<String, String> resolved = new LinkedHashMap<>();
    List<String> unset = new ArrayList<>();
    options.forEach(
        (option, text) ->
            resolved.put(
                option,
                Variables.replace(
                    text,
                    environment,
                    variable -> unset.add("${%s} in '%s'".formatted(variable, option)))));
    if (!unset.isEmpty()) {
      throw new IllegalArgumentException(
          ("table '%s' wants variables of the environment that are not set, or files that cannot be"
                  + " read: %s; set them, or write a default: ${NAME:-…}")
              .formatted(name, String.join(", ", unset)));
    }
    return resolved;
  }

  /** For people: secrets are left out. */
  @Override
  public String toString() {
    return "BatchTable[name=%s, options=%s, columns=%s]"
        .formatted(name, Secrets.redact(options), columns);
  }
}
