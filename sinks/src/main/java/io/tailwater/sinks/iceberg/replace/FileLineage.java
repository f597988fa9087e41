// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files hold rows that a run replaces: those of the snapshot that it began with, and those
 * that rows of theirs were rewritten into. A rewritten file may also hold rows that came later, and
 * does not tell which: so the files that these came in are remembered, by a snapshot that has them.
 *
 * <p>Files that only hold later rows are not known here.
 */
final class FileLineage {
  private final Set<String> original;
  private final Map<String, Group> rewritten = new HashMap<>();

  /** Files whose rows have been mixed, and what has been mixed into the original rows. */
  private static final class Group {
    private final Map<Long, Set<String>> later = new HashMap<>();
    private @Nullable Group successor;

    private Group last() {
      Group last = this;
      while (last.successor != null) {
        last = last.successor;
      }
      return last;
    }

    private Group join(@Nullable Group other) {
      Group mine = last();
      Group theirs = other == null ? mine : other.last();
      if (theirs != mine) {
        mine.later.forEach((snapshot, files) -> theirs.add(snapshot, files));
        mine.successor = theirs;
      }
      return theirs;
    }

    private void add(long snapshot, Collection<String> files) {
      later.computeIfAbsent(snapshot, id -> new HashSet<>()).addAll(files);
    }
  }

  /**
   * @param original the files that the run began with; is changed
   */
  FileLineage(Set<String> original) {
    this.original = original;
  }

  /** Whether the file may hold rows that the run replaces. */
  boolean holdsReplaced(String file) {
    return original.contains(file) || rewritten.containsKey(file);
  }

  /**
   * Notes that the rows of some files went into others.
   *
   * @param before a snapshot that has all the removed files
   */
  void rewrite(long before, Collection<String> removed, Collection<String> added) {
    Group group = null;
    Set<String> later = new HashSet<>();
    for (String file : removed) {
      Group known = original.remove(file) ? new Group() : rewritten.remove(file);
      if (known == null) {
        later.add(file);
      } else {
        group = known.join(group);
      }
    }
    if (group == null) {
      return;
    }
    if (!later.isEmpty()) {
      group.add(before, later);
    }
    for (String file : added) {
      rewritten.put(file, group);
    }
  }

  /** The files that later rows came in which were rewritten into one of {@code files}. */
  Map<Long, Set<String>> laterFilesIn(Collection<String> files) {
    Set<Group> groups = new HashSet<>();
    for (String file : files) {
      Group group = rewritten.get(file);
      if (group != null) {
        groups.add(group.last());
      }
    }
    Map<Long, Set<String>> later = new HashMap<>();
    for (Group group : groups) {
      group.later.forEach(
          (snapshot, names) ->
              later.computeIfAbsent(snapshot, id -> new HashSet<>()).addAll(names));
    }
    return later;
  }
}
