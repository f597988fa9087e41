// SPDX-License-Identifier: Apache-2.0
/**
 * What a job is told on a command line, by the {@code tailwater} command and by {@code flink run}
 * alike.
 */
@NullMarked
package io.tailwater.jobs.options;

import org.jspecify.annotations.NullMarked;
