// SPDX-License-Identifier: Apache-2.0
/** The online store as a Flink sink. */
@NullMarked
package io.tailwater.sinks.redis;

import org.jspecify.annotations.NullMarked;
