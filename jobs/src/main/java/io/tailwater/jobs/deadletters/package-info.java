// SPDX-License-Identifier: Apache-2.0
/**
 * Dead letters in Kafka after the job has written them: reading them, and giving them another try.
 */
@NullMarked
package io.tailwater.jobs.deadletters;

import org.jspecify.annotations.NullMarked;
