// SPDX-License-Identifier: Apache-2.0
/** What is in the stores: rows and vectors, layouts and the fence. No Flink. */
@NullMarked
package io.tailwater.stores;

import org.jspecify.annotations.NullMarked;
