// SPDX-License-Identifier: Apache-2.0
/** The whole job on real stores, compared with recomputations that share no code with it. */
@NullMarked
package io.tailwater.jobs.e2e;

import org.jspecify.annotations.NullMarked;
