// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/reading.md says of DuckDB, done as it says, on a real table. */
class ReadingDocITCase {
  private static final Path RETAIL = Path.of("../feature-definitions/retail");
  private static final Path DOC = Path.of("../docs/reading.md");
  private static final String VIEW = "customer_transactions";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void theSqlGivesTheTableThatStandsThere() throws Exception {
    String section = section(Files.readString(DOC), "DuckDB");
    fillTheTable();
    Files.writeString(folder.resolve("labels.csv"), blocks(section, "csv").get(0));
    Files.writeString(folder.resolve("tables.json"), tables());
    List<String> statements = blocks(section, "sql");
    assertThat(statements).hasSize(4);

    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET file_search_path = '%s'".formatted(folder));
      addACorrectedRow(statement);
      for (String sql : statements.subList(0, 3)) {
        statement.execute(sql);
      }
      assertThat(answer(statement, statements.get(3))).isEqualTo(tableIn(section));
    }
  }

  private void fillTheTable() throws IOException {
    Path orders =
        Files.writeString(
            folder.resolve("orders.csv"),
            """
            order_id,customer_id,event_time,product_id,category,quantity,unit_price,status
            a,1001,2026-03-01T10:00:00Z,p1,toys,2,10.25,COMPLETED
            b,1001,2026-03-01T11:00:00Z,p1,toys,1,0.10,COMPLETED
            c,7,2026-03-01T12:00:00Z,p1,toys,1,5.00,COMPLETED
            """);
    Command backfill =
        Command.run(
            "backfill",
            "--view",
            VIEW,
            "--source",
            "orders=" + orders,
            "--to",
            "2026-03-05",
            "--definitions",
            RETAIL,
            "--warehouse",
            folder.resolve("warehouse"));
    assertThat(backfill.exitCode()).as(backfill.err()).isZero();
  }

  private String tables() {
    Command tables =
        Command.run(
            "tables",
            "--table",
            VIEW,
            "-o",
            "json",
            "--definitions",
            RETAIL,
            "--warehouse",
            folder.resolve("warehouse"));
    assertThat(tables.exitCode()).as(tables.err()).isZero();
    return tables.out();
  }

  /** Earlier versions of all rows, which no reader may see. */
  private void addACorrectedRow(Statement duckdb) throws Exception {
    Path file = folder.resolve("tables.json");
    ArrayNode tables = (ArrayNode) JSON.readTree(file.toFile());
    ArrayNode files = (ArrayNode) tables.get(0).get("files");
    Path earlier = folder.resolve("earlier.parquet");
    duckdb.execute(
        """
        COPY (SELECT * REPLACE (
            created_timestamp - INTERVAL 1 HOUR AS created_timestamp, 99 AS purchases_today)
          FROM read_parquet(%s)) TO '%s' (FORMAT parquet)
        """
            .formatted(files.toString().replace('"', '\''), earlier));
    files.add(earlier.toString());
    JSON.writeValue(file.toFile(), tables);
  }

  private static List<List<String>> answer(Statement duckdb, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet result =
        duckdb.executeQuery(
            "SELECT columns(*)::VARCHAR FROM (%s)".formatted(sql.replace(";", "")))) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)).replace("null", "NULL"));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The rows of the only table in a section. */
  private static List<List<String>> tableIn(String section) {
    return section
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| customer_id"))
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
        .toList();
  }

  private static String section(String doc, String title) {
    String from = doc.substring(doc.indexOf("\n## " + title + "\n") + 1);
    return from.substring(0, from.indexOf("\n## "));
  }

  private static List<String> blocks(String section, String language) {
    List<String> blocks = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(section);
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }
}
