// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.util.List;

/**
 * A customer's features at an instant.
 *
 * @param instant milliseconds since the epoch
 * @param values count, sum and average of each window
 */
record StepRow(long instant, List<Object> values) {}
