// SPDX-License-Identifier: Apache-2.0
/** Historical retrieval: labels joined with the offline tables as of each label's instant. */
@NullMarked
package io.tailwater.jobs.historical;

import org.jspecify.annotations.NullMarked;
