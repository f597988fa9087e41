// SPDX-License-Identifier: Apache-2.0
/** {@code tailwater test}: runs cases and tells what is different. */
@NullMarked
package io.tailwater.cli.cases;

import org.jspecify.annotations.NullMarked;
