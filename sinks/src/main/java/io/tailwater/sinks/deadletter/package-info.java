// SPDX-License-Identifier: Apache-2.0
/** Where events go that were not applied: a Kafka topic, or files. */
@NullMarked
package io.tailwater.sinks.deadletter;

import org.jspecify.annotations.NullMarked;
