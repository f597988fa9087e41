// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.BatchTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a batch view's {@code tables}. */
final class BatchTableReader {
  private static final String COLUMNS = "columns";
  private static final String COLUMNS_FORM =
      "'columns: {customer_id: BIGINT, …}', in Flink's types";

  private BatchTableReader() {}

  /** The tables; empty, with problems added, if one of them is none. */
  static List<BatchTable> read(YamlValue value) {
    Optional<YamlMapping> mapping = value.asMapping();
    if (mapping.isPresent() && mapping.get().fields().isEmpty()) {
      value.problem("no tables", "at least one that the query reads");
    }
    Map<String, YamlValue> fields = mapping.map(YamlMapping::fields).orElse(Map.of());
    List<BatchTable> tables = new ArrayList<>();
    fields.forEach((name, table) -> read(name, table).ifPresent(tables::add));
    return tables.size() == fields.size() ? tables : List.of();
  }

  private static Optional<BatchTable> read(String name, YamlValue value) {
    boolean named = Names.check(name, value);
    Optional<YamlMapping> mapping = value.asMapping();
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    mapping.get().require(BatchTable.CONNECTOR);
    if (!mapping.get().has(COLUMNS)) {
      value.problem("no '%s'".formatted(COLUMNS), COLUMNS_FORM);
    }
    List<BatchTable.Column> columns =
        mapping.get().get(COLUMNS).map(BatchTableReader::columns).orElse(List.of());
    Map<String, String> options = options(mapping.get());
    boolean complete =
        named
            && !columns.isEmpty()
            && options.containsKey(BatchTable.CONNECTOR)
            && options.size() == mapping.get().fields().size() - 1;
    return complete ? Optional.of(new BatchTable(name, options, columns)) : Optional.empty();
  }

  private static Map<String, String> options(YamlMapping mapping) {
    Map<String, String> options = new LinkedHashMap<>();
    mapping
        .fields()
        .forEach(
            (option, value) -> {
              if (!option.equals(COLUMNS)) {
                value
                    .asText("the text of an option of Flink's connector")
                    .ifPresent(text -> options.put(option, text));
              }
            });
    return options;
  }

  private static List<BatchTable.Column> columns(YamlValue value) {
    Optional<YamlMapping> mapping = value.asMapping();
    if (mapping.isPresent() && mapping.get().fields().isEmpty()) {
      value.problem("no columns", COLUMNS_FORM);
    }
    Map<String, YamlValue> fields = mapping.map(YamlMapping::fields).orElse(Map.of());
    List<BatchTable.Column> columns = new ArrayList<>();
    fields.forEach(
        (column, type) ->
            type.asText("a type of Flink SQL, such as BIGINT or TIMESTAMP(3)")
                .ifPresent(sqlType -> columns.add(new BatchTable.Column(column, sqlType))));
    return columns.size() == fields.size() ? columns : List.of();
  }
}
