// SPDX-License-Identifier: Apache-2.0
/** What a run says of itself: counts, speed, differences; as text and as JSON. */
@NullMarked
package io.tailwater.cli.report;

import org.jspecify.annotations.NullMarked;
