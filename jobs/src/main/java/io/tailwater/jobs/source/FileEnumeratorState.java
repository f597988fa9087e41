// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link FileEnumerator}.
 *
 * @param unassigned the file as long as no reader has it; else null
 */
record FileEnumeratorState(@Nullable FileSplit unassigned) {}
