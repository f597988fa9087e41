// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A whole file, and how much of it has been read.
 *
 * @param recordsRead the records that were emitted, good and bad; the header is none
 */
record FileSplit(long recordsRead) implements SourceSplit {
  @Override
  public String splitId() {
    return "file";
  }
}
