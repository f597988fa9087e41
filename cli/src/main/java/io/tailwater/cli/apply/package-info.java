// SPDX-License-Identifier: Apache-2.0
/** Making definitions the ones that are deployed. */
@NullMarked
package io.tailwater.cli.apply;

import org.jspecify.annotations.NullMarked;
