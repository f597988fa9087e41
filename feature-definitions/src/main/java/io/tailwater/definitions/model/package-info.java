// SPDX-License-Identifier: Apache-2.0
/**
 * The definitions of a project as immutable values: what everything downstream of the YAML sees.
 */
@NullMarked
package io.tailwater.definitions.model;

import org.jspecify.annotations.NullMarked;
