// SPDX-License-Identifier: Apache-2.0
/**
 * How rows and vectors travel between Flink's operators and lie in its state: explicit types made
 * from a view's definition, so that nothing falls to Kryo.
 */
@NullMarked
package io.tailwater.sinks.types;

import org.jspecify.annotations.NullMarked;
