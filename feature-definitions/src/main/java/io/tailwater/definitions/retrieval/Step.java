// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Field;
import java.io.Serializable;
import java.util.List;

/**
 * A value that is computed on read.
 *
 * @param view of the feature
 * @param feature what is computed
 * @param row the fields that its expression names, and no others
 * @param places where their values stand: see {@link RetrievalPlan}
 * @param read the index of the view of which there must be a row, or {@link #ALWAYS}
 */
record Step(String view, DerivedFeature feature, List<Field> row, int[] places, int read)
    implements Serializable {
  /** Computed whatever rows there are. */
  static final int ALWAYS = -1;
}
