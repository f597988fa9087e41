// SPDX-License-Identifier: Apache-2.0
/** What is in the folder {@code docker}, against what it is about. */
@NullMarked
package io.tailwater.docker;

import org.jspecify.annotations.NullMarked;
