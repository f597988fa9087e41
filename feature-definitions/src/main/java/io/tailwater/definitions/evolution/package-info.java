// SPDX-License-Identifier: Apache-2.0
/**
 * What is different between two definitions of a project, and what that means for the running
 * stream and the stores. It does not matter where the older one comes from.
 */
@NullMarked
package io.tailwater.definitions.evolution;

import org.jspecify.annotations.NullMarked;
