// SPDX-License-Identifier: Apache-2.0
/** Asks a schema registry for the schemas that events were written with. */
@NullMarked
package io.tailwater.jobs.registry;

import org.jspecify.annotations.NullMarked;
