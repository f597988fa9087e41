// SPDX-License-Identifier: Apache-2.0
/** The {@code tailwater} command. The only module that prints. */
@NullMarked
package io.tailwater.cli;

import org.jspecify.annotations.NullMarked;
