// SPDX-License-Identifier: Apache-2.0
/**
 * A feature view inside a job: events projected and keyed, and the operator that owns its windows.
 */
@NullMarked
package io.tailwater.jobs.view;

import org.jspecify.annotations.NullMarked;
