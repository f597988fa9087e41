// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * All files of a location, and how far they have been read: those whose names come before {@code
 * file} to their ends, those behind it not at all.
 *
 * @param file the name of the file that is being read; {@link #FIRST} for the first one
 * @param recordsRead the records that were read of it, good and bad; the header is none
 */
record FileSplit(String file, long recordsRead) implements SourceSplit {
  /** Stands before every name. */
  static final String FIRST = "";

  FileSplit {
    requireNonNull(file, "file is null");
  }

  /** Nothing has been read. */
  static FileSplit unread() {
    return new FileSplit(FIRST, 0);
  }

  @Override
  public String splitId() {
    return "file";
  }
}
