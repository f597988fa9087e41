// SPDX-License-Identifier: Apache-2.0
/**
 * Endpoints and secrets, the {@code tailwater.yaml} beside the definitions, as immutable values.
 */
@NullMarked
package io.tailwater.definitions.settings;

import org.jspecify.annotations.NullMarked;
