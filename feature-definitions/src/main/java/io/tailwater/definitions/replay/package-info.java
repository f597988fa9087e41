// SPDX-License-Identifier: Apache-2.0
/**
 * Values of features at any instant, computed of given events by what the stream runs: its
 * programs, its windows and its reads. Without a stream, a clock and a store.
 */
@NullMarked
package io.tailwater.definitions.replay;

import org.jspecify.annotations.NullMarked;
