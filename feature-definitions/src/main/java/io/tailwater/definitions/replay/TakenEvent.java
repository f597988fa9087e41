// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import io.tailwater.aggregation.window.Event;

/**
 * An event that a view takes.
 *
 * @param event as it was decoded
 * @param input the index of its source in the view
 * @param logged what the windows get of it
 */
record TakenEvent(ReplayEvent event, int input, Event logged) {}
