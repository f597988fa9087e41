// SPDX-License-Identifier: Apache-2.0
/** The streaming job as commands run it: in this process, watched. */
@NullMarked
package io.tailwater.cli.pipeline;

import org.jspecify.annotations.NullMarked;
