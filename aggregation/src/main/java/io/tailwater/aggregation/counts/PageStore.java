// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

/** The pages of one entity's multisets, by id. Several multisets may share a store. */
public interface PageStore {
  /**
   * The page of an id.
   *
   * @throws IllegalStateException if there is none: the state is damaged
   */
  Page get(long id);

  /**
   * Keeps a new page.
   *
   * @return its id: not negative and of no other page of the entity; small ids cost fewest bytes
   */
  long add(Page page);

  /** Puts a page in the place of the one that has the id. */
  void replace(long id, Page page);

  /** Forgets the page of an id. */
  void remove(long id);
}
