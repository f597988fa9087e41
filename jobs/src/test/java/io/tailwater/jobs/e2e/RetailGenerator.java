// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes invoice lines that are dirty as real ones are: no customer, cancellations, prices of zero
 * and less, lines twice to the letter, and all lines of an invoice in one minute. Over four months,
 * with customers and products that go silent for longer than a window.
 */
final class RetailGenerator {
  private static final LocalDateTime START = LocalDateTime.of(2009, 12, 1, 7, 45);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int DAYS = 120;
  private static final int MINUTES_A_DAY = 24 * 60;
  private static final int LINES_AN_INVOICE = 20;
  private static final int CUSTOMERS = 300;
  private static final int PRODUCTS = 500;

  private final Random random;
  private final int count;

  RetailGenerator(long seed, int count) {
    this.random = new Random(seed);
    this.count = count;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int invoice = 489_434; lines.size() < count; invoice++) {
      long minute = (long) DAYS * MINUTES_A_DAY * lines.size() / count;
      addInvoice(invoice, DATE.format(START.plusMinutes(minute)), lines);
    }
    return lines;
  }

  private void addInvoice(int number, String date, List<String> lines) {
    boolean cancelled = chance(50);
    String invoice = (cancelled ? "C" : "") + number;
    String customer = chance(5) ? "" : String.valueOf(12_346 + skewed(CUSTOMERS));
    int size = Math.min(1 + random.nextInt(LINES_AN_INVOICE), count - lines.size());
    for (int i = 0; i < size; i++) {
      if (i > 0 && chance(60)) {
        lines.add(lines.get(lines.size() - 1));
        continue;
      }
      int quantity = (1 + skewed(48)) * (cancelled ? -1 : 1);
      lines.add(
          String.join(
              ",",
              invoice,
              product(),
              description(),
              String.valueOf(quantity),
              date,
              price(),
              customer,
              "United Kingdom"));
    }
  }

  private String product() {
    int code = skewed(PRODUCTS);
    return chance(500) ? "BANK CHARGES" : (20_000 + code) + (code % 7 == 0 ? "B" : "");
  }

  private String description() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "\"RECORD FRAME 7\"\" SINGLE SIZE \"";
      case 2 -> "\"CAT BOWL, PINK\"";
      default -> " WHITE CHERRY LIGHTS";
    };
  }

  private String price() {
    if (chance(150)) {
      return chance(4) ? "-53594.36" : "0.0";
    }
    return String.format(Locale.ROOT, "%.2f", 0.03 + random.nextInt(2_000) / 100.0);
  }

  /** Small numbers often, large ones seldom. */
  private int skewed(int bound) {
    double draw = random.nextDouble();
    return (int) (bound * draw * draw * draw);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
