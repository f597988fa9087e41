// SPDX-License-Identifier: Apache-2.0
/**
 * The bytes that Feast 0.66 keeps in Redis: keys of entities, names of fields and values, as its
 * readers in Python and Go expect them ({@code entity_key_serialization_version: 3}).
 */
@NullMarked
package io.tailwater.stores.feast;

import org.jspecify.annotations.NullMarked;
