// SPDX-License-Identifier: Apache-2.0
/** What approximate aggregates are made of: functions of the set of values all the same. */
@NullMarked
package io.tailwater.aggregation.sketch;

import org.jspecify.annotations.NullMarked;
