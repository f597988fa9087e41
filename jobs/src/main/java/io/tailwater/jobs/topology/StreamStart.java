// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a stream starts without restored state; one with it takes nothing from here but where its
 * history is, in case it had not read all of it.
 *
 * @param archives whether each source that is archived begins with its archive
 * @param files for a source that begins with files, by its name, the file or folder
 * @param cold whether it may start over vectors in the online store that it knows less than
 */
public record StreamStart(boolean archives, Map<String, Path> files, boolean cold) {
  /** Without history, and not over vectors. */
  public static final StreamStart DEFAULT = new StreamStart(false, Map.of(), false);

  public StreamStart {
    files = Map.copyOf(files);
  }

  /** The same with sources beginning with their archives. */
  public StreamStart withArchives() {
    return new StreamStart(true, files, cold);
  }

  /** The same with these sources beginning with files. */
  public StreamStart withFiles(Map<String, Path> histories) {
    return new StreamStart(archives, histories, cold);
  }

  /** The same over whatever is in the online store. */
  public StreamStart overAnything() {
    return new StreamStart(archives, files, true);
  }

  /** Whether anything begins with history. */
  boolean hasHistory() {
    return archives || !files.isEmpty();
  }
}
