// SPDX-License-Identifier: Apache-2.0
/**
 * What the values of windows are, computed from scratch in the plainest way: the reference for the
 * tests of every module. It shares the plan's types with the production code, and no arithmetic.
 */
package io.tailwater.aggregation.oracle;
