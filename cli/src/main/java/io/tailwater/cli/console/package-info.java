// SPDX-License-Identifier: Apache-2.0
/** How commands talk to the person at the terminal. */
@NullMarked
package io.tailwater.cli.console;

import org.jspecify.annotations.NullMarked;
