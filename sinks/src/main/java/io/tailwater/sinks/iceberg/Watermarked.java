// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

/**
 * What a checkpoint commits, and how far event time had come with it.
 *
 * @param watermark in milliseconds; {@link #NONE} if there was none yet
 * @param generation of the stream that commits, in milliseconds; {@link #NONE} if it is none
 * @param ended whether the input has ended, so that no later commit will record the watermark
 * @param committable Iceberg's own
 */
record Watermarked<C>(long watermark, long generation, boolean ended, C committable) {
  static final long NONE = Long.MIN_VALUE;
}
