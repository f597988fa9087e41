// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a table needs so that it holds the rows of its definition: columns to rename, to widen and
 * to add. Columns that are not defined any more stay, and new rows are null there. Iceberg knows a
 * column by its id, so files that are there already are read rightly: renamed columns have their
 * values, new ones are null.
 *
 * <p>What would make values of two meanings one column, or rows that cannot be written, is refused.
 */
final class TableEvolution {
  private final Table table;
  private final Schema expected;
  private final Map<String, String> formerNames;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private record Step(String description, Consumer<UpdateSchema> change) {}

  private TableEvolution(Table table, Schema expected, Map<String, String> formerNames) {
    this.table = table;
    this.expected = expected;
    this.formerNames = formerNames;
  }

  /**
   * The way from a table's current schema to a definition.
   *
   * @param formerNames of columns that have been renamed, by the names that they have now
   */
  static TableEvolution of(Table table, Schema expected, Map<String, String> formerNames) {
    TableEvolution evolution = new TableEvolution(table, expected, formerNames);
    evolution.plan();
    return evolution;
  }

  /** Why it cannot be, a sentence each; empty if it can. */
  List<String> problems() {
    return problems;
  }

  /** What is done, for people; empty if the table is as defined. */
  List<String> steps() {
    return steps.stream().map(Step::description).toList();
  }

  /**
   * Changes the table, all in one commit.
   *
   * @throws org.apache.iceberg.exceptions.CommitFailedException if the table has changed since
   */
  void commit() {
    UpdateSchema update = table.updateSchema();
    steps.forEach(step -> step.change().accept(update));
    update.commit();
  }

  private void plan() {
    String before = null;
    for (Types.NestedField column : expected.columns()) {
      Types.NestedField found = findRenamed(column);
      if (found != null) {
        keep(column, found);
      } else {
        add(column, before);
      }
      before = found == null ? column.name() : found.name();
    }
    for (Types.NestedField column : table.schema().columns()) {
      if (column.isRequired() && expected.findField(column.name()) == null) {
        problems.add(
            "column '%s' (%s) is not defined and required, so that no row can be written: make it optional (ALTER TABLE … ALTER COLUMN %s DROP NOT NULL)"
                .formatted(column.name(), column.type(), column.name()));
      }
    }
  }

  /** The column under its name or its former one; null if it is not there. */
  private Types.@Nullable NestedField findRenamed(Types.NestedField column) {
    Types.NestedField found = table.schema().findField(column.name());
    String formerName = formerNames.get(column.name());
    Types.NestedField former = formerName == null ? null : table.schema().findField(formerName);
    if (former == null) {
      return found;
    }
    if (found != null) {
      problems.add(
          "column '%s' was '%s', and both are there: drop one of them, or rename '%s' to what it holds (ALTER TABLE … RENAME COLUMN %s TO …)"
              .formatted(column.name(), formerName, column.name(), column.name()));
      return found;
    }
    steps.add(
        new Step(
            "rename column '%s' to '%s'".formatted(formerName, column.name()),
            update -> update.renameColumn(former.name(), column.name())));
    return former;
  }

  private void keep(Types.NestedField column, Types.NestedField found) {
    if (column.isOptional() != found.isOptional()) {
      problems.add(
          "column '%s' is %s, not %s"
              .formatted(column.name(), nullability(found), nullability(column)));
    }
    List<Step> widenings = new ArrayList<>();
    if (widen(found.name(), found.type(), column.type(), widenings)
        && (widenings.isEmpty() || column.isOptional())) {
      steps.addAll(widenings);
    } else {
      problems.add(
          "column '%s' is %s, not %s: files that are there cannot be read so; give the feature another name"
              .formatted(column.name(), found.type(), column.type()));
    }
  }

  /**
   * Adds the steps that widen a type.
   *
   * @param path the column, or what is in it
   * @return whether Iceberg reads older files as the new type
   */
  private static boolean widen(String path, Type found, Type type, List<Step> widenings) {
    if (found.typeId() != type.typeId() && !(type.isPrimitiveType() && found.isPrimitiveType())) {
      return false;
    }
    return switch (type.typeId()) {
      case LIST ->
          widen(
              path + ".element",
              found.asListType().elementType(),
              type.asListType().elementType(),
              widenings);
      case MAP ->
          widen(
              path + ".value",
              found.asMapType().valueType(),
              type.asMapType().valueType(),
              widenings);
      default -> {
        Type.PrimitiveType wider = type.asPrimitiveType();
        if (!found.equals(wider)) {
          widenings.add(
              new Step(
                  "widen '%s' from %s to %s".formatted(path, found, wider),
                  update -> update.updateColumn(path, wider)));
        }
        yield TypeUtil.isPromotionAllowed(found, wider);
      }
    };
  }

  /**
   * Adds a column where the definition has it.
   *
   * @param before the one before it, as the table knows it; null for the first
   */
  private void add(Types.NestedField column, @Nullable String before) {
    Optional<String> renamed = renamedSince(column.name());
    if (column.isRequired() || before == null) {
      problems.add("column '%s' (%s) is missing".formatted(column.name(), column.type()));
    } else if (renamed.isPresent()) {
      problems.add(
          "column '%s' has been renamed to '%s': to rename it back, write 'was: %s'"
              .formatted(column.name(), renamed.get(), renamed.get()));
    } else {
      steps.add(
          new Step(
              "add column '%s' (%s), null in the rows that are there"
                  .formatted(column.name(), column.type()),
              update ->
                  update
                      .addColumn(column.name(), column.type(), column.doc())
                      .moveAfter(column.name(), before)));
    }
  }

  /**
   * What a later definition has renamed the column to; empty if none has. A new column in its place
   * would be null where the renamed one has its values.
   */
  private Optional<String> renamedSince(String name) {
    for (Schema earlier : table.schemas().values()) {
      Types.NestedField column = earlier.findField(name);
      String now = column == null ? null : table.schema().findColumnName(column.fieldId());
      if (now != null && expected.findField(now) == null) {
        return Optional.of(now);
      }
    }
    return Optional.empty();
  }

  private static String nullability(Types.NestedField column) {
    return column.isOptional() ? "optional" : "required";
  }

  /** Equal but for the ids of nested fields, which a table assigns anew. */
  static boolean sameType(Type expected, Type found) {
    return withFreshIds(expected).equals(withFreshIds(found));
  }

  private static Types.StructType withFreshIds(Type type) {
    int[] last = {1};
    Schema schema = new Schema(Types.NestedField.optional(1, "value", type));
    return TypeUtil.assignFreshIds(schema, () -> last[0]++).asStruct();
  }
}
