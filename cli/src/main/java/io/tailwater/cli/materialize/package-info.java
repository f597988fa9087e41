// SPDX-License-Identifier: Apache-2.0
/** {@code tailwater materialize}: a batch job in this process, from its start to its report. */
@NullMarked
package io.tailwater.cli.materialize;

import org.jspecify.annotations.NullMarked;
