// SPDX-License-Identifier: Apache-2.0
/**
 * A real Kafka broker, redis-server and Flink MiniCluster in one process, for the demo and for
 * tests. Each is closed by its owner, at the latest by a shutdown hook, and leaves no process and
 * no file behind.
 */
@NullMarked
package io.tailwater.embedded;

import org.jspecify.annotations.NullMarked;
