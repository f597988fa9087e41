// SPDX-License-Identifier: Apache-2.0
/** Cases beside definitions: given events, and the values that features must have by them. */
@NullMarked
package io.tailwater.definitions.cases;

import org.jspecify.annotations.NullMarked;
