// SPDX-License-Identifier: Apache-2.0
/** The one topology: sources, views and sinks as a graph, for streams, batches and tests alike. */
@NullMarked
package io.tailwater.jobs.topology;

import org.jspecify.annotations.NullMarked;
