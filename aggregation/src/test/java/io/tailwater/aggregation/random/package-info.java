// SPDX-License-Identifier: Apache-2.0
/** Random plans and hostile streams, from a seed, for the tests of every module. */
package io.tailwater.aggregation.random;
