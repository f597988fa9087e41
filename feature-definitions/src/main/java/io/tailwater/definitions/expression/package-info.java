// SPDX-License-Identifier: Apache-2.0
/**
 * The expression language: SQL scalar expressions, parsed and typed by Apache Calcite and compiled
 * to bytecode. An expression is a pure function of one row and never fails because of data.
 */
@NullMarked
package io.tailwater.definitions.expression;

import org.jspecify.annotations.NullMarked;
