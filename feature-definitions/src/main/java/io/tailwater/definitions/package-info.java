// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the definitions of a project and the settings beside them from YAML, and reports every
 * problem in them at once.
 */
@NullMarked
package io.tailwater.definitions;

import org.jspecify.annotations.NullMarked;
