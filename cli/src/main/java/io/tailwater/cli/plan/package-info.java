// SPDX-License-Identifier: Apache-2.0
/** What a change of definitions means, as text and as JSON. */
@NullMarked
package io.tailwater.cli.plan;

import org.jspecify.annotations.NullMarked;
