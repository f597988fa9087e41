// SPDX-License-Identifier: Apache-2.0
/** What an offline table looks like: its columns and their types, whatever the table format. */
@NullMarked
package io.tailwater.stores.offline;

import org.jspecify.annotations.NullMarked;
