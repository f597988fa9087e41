// SPDX-License-Identifier: Apache-2.0
/** Replaces a range of an offline table in one commit, while others write to it. */
@NullMarked
package io.tailwater.sinks.iceberg.replace;

import org.jspecify.annotations.NullMarked;
