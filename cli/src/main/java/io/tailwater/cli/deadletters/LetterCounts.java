// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.deadletters;

import io.tailwater.jobs.deadletters.StoredLetter;
import io.tailwater.stores.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many dead letters there are of each source, view and code. Not thread-safe. */
public final class LetterCounts {
  private record Kind(String source, String view, String code) {}

  private static final class Count {
    private long letters;
    private long replayed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
  }

  private final Map<Kind, Count> counts =
      new TreeMap<>(
          Comparator.comparing(Kind::source).thenComparing(Kind::view).thenComparing(Kind::code));

  /** Counts a letter. */
  public void add(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    String view = letter.view() == null ? "" : letter.view();
    Count count =
        counts.computeIfAbsent(
            new Kind(letter.source(), view, letter.code()), added -> new Count());
    count.letters++;
    count.replayed += stored.replayed() ? 1 : 0;
    count.first = Math.min(count.first, letter.rejectedAt());
    count.last = Math.max(count.last, letter.rejectedAt());
  }

  /** How many there are. */
  public long total() {
    return counts.values().stream().mapToLong(count -> count.letters).sum();
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    counts.forEach(
        (kind, count) ->
            lines.add(
                "%-21s  %,9d  %s%s  %s to %s%s"
                    .formatted(
                        kind.code(),
                        count.letters,
                        kind.source(),
                        kind.view().isEmpty() ? "" : " " + kind.view(),
                        Instant.ofEpochMilli(count.first),
                        Instant.ofEpochMilli(count.last),
                        count.replayed == 0 ? "" : "  %,d replayed".formatted(count.replayed))));
    return lines;
  }

  /** For programs. */
  public List<Map<String, @Nullable Object>> json() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    counts.forEach(
        (kind, count) -> {
          Map<String, @Nullable Object> json = new LinkedHashMap<>();
          json.put("source", kind.source());
          json.put("view", kind.view().isEmpty() ? null : kind.view());
          json.put("code", kind.code());
          json.put("letters", count.letters);
          json.put("replayed", count.replayed);
          json.put("first", Instant.ofEpochMilli(count.first).toString());
          json.put("last", Instant.ofEpochMilli(count.last).toString());
          all.add(json);
        });
    return all;
  }
}
