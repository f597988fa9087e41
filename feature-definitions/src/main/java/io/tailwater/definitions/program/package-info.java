// SPDX-License-Identifier: Apache-2.0
/** Feature views compiled: everything that an operator does with an event and with a vector. */
@NullMarked
package io.tailwater.definitions.program;

import org.jspecify.annotations.NullMarked;
