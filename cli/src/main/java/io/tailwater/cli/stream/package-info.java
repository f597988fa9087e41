// SPDX-License-Identifier: Apache-2.0
/** {@code tailwater stream}: a project's job in this process, from its start to its report. */
@NullMarked
package io.tailwater.cli.stream;

import org.jspecify.annotations.NullMarked;
