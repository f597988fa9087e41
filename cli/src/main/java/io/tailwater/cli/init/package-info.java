// SPDX-License-Identifier: Apache-2.0
/** {@code tailwater init}: a project from a sample of events or from an Avro schema. */
@NullMarked
package io.tailwater.cli.init;

import org.jspecify.annotations.NullMarked;
