// SPDX-License-Identifier: Apache-2.0
/** Replayed values and their windows in words, for commands that show why a value is what it is. */
@NullMarked
package io.tailwater.cli.replay;

import org.jspecify.annotations.NullMarked;
