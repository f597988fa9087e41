// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An invoice line, read by hand.
 *
 * @param number of the line in its file, from 1
 * @param text the line as it stands there
 * @param customer null where the line names none
 */
record RetailLine(
    int number, String text, String product, @Nullable Long customer, Purchase purchase) {
  static final String HEADER =
      "invoice,stock_code,description,quantity,invoice_date,unit_price,customer_id,country";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  static RetailLine parse(int number, String text) {
    List<String> cells = cells(text);
    long time = LocalDateTime.parse(cells.get(4), DATE).toInstant(ZoneOffset.UTC).toEpochMilli();
    double amount = Integer.parseInt(cells.get(3)) * Double.parseDouble(cells.get(5));
    String customer = cells.get(6);
    return new RetailLine(
        number,
        text,
        cells.get(1),
        customer.isEmpty() ? null : Long.valueOf(customer),
        new Purchase(time, withoutNegativeZero(amount)));
  }

  private static double withoutNegativeZero(double amount) {
    return amount == 0 ? 0.0 : amount;
  }

  private static List<String> cells(String text) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
