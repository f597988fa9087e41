// SPDX-License-Identifier: Apache-2.0
/**
 * The mains of the JAR that {@code flink run} submits, one for each job. They take what the {@code
 * tailwater} commands of their names take, but for what Flink's client says itself, as parallelism.
 */
@NullMarked
package io.tailwater.jobs;

import org.jspecify.annotations.NullMarked;
