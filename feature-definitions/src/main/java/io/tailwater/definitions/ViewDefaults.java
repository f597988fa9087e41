// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.EventSource;

/**
 * What the features of a view take from it where they say nothing of their own.
 *
 * @param source the view's own source
 * @param sources where other sources are found
 * @param expiryMillis how coarsely events leave sliding windows
 * @param unboundedState whether state may grow without bound
 */
record ViewDefaults(
    EventSource source, Registry<EventSource> sources, long expiryMillis, boolean unboundedState) {}
