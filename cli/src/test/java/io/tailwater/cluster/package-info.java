// SPDX-License-Identifier: Apache-2.0
/**
 * A real Flink cluster under real faults: JobManager, TaskManagers, broker and Redis in processes
 * of their own, the JAR that is submitted and the configuration that ships with it. A test is an
 * {@link io.tailwater.cluster.Installation}, and {@link io.tailwater.cluster.Fault}s that strike
 * it.
 */
@NullMarked
package io.tailwater.cluster;

import org.jspecify.annotations.NullMarked;
