// SPDX-License-Identifier: Apache-2.0
/**
 * Reads of features: what they need of the stores and of the caller, and what is computed of it.
 */
@NullMarked
package io.tailwater.definitions.retrieval;

import org.jspecify.annotations.NullMarked;
