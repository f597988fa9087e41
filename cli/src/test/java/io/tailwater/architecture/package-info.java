// SPDX-License-Identifier: Apache-2.0
/** Rules of the whole build, tested where every module is on the class path. */
@NullMarked
package io.tailwater.architecture;

import org.jspecify.annotations.NullMarked;
