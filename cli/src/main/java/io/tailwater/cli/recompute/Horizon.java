// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

/**
 * How far a job had come when its stores were read. Between the two instants it may or may not have
 * written what is due: a watermark moves on while it is published.
 *
 * @param watermark everything up to here, inclusive, must be in the stores; milliseconds
 * @param latest nothing beyond here may be, but for the online vectors of newer events;
 *     milliseconds
 */
public record Horizon(long watermark, long latest) {
  public Horizon {
    if (watermark > latest) {
      throw new IllegalArgumentException(
          "the watermark %d is beyond the latest instant %d".formatted(watermark, latest));
    }
  }
}
