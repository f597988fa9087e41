// SPDX-License-Identifier: Apache-2.0
/** Tests of the script that starts the command line from a checkout. */
@NullMarked
package io.tailwater.launcher;

import org.jspecify.annotations.NullMarked;
