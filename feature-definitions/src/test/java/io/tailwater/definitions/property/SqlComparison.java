// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.aggregation.oracle.sql.DuckConnection;
import io.tailwater.definitions.property.PlainFeature.Aggregated;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** The offline tables of some entities at some instants, against what DuckDB answers. */
final class SqlComparison {
  private static final int MOST_ENTITIES = 12;
  private static final int INSTANTS = 6;

  private final PlainView view;
  private final List<EntityRun> entities = new ArrayList<>();
  private final List<List<Long>> instants = new ArrayList<>();

  /**
   * @param all of which some are taken; those without rows say nothing
   */
  SqlComparison(Random random, PlainView view, List<EntityRun> all) {
    this.view = view;
    List<EntityRun> withRows = all.stream().filter(entity -> !entity.table().isEmpty()).toList();
    for (int i = 0; i < Math.min(MOST_ENTITIES, withRows.size()); i++) {
      EntityRun entity = withRows.get(random.nextInt(withRows.size()));
      entities.add(entity);
      instants.add(instants(random, entity));
    }
  }

  /** Upon rows, and between them. */
  private static List<Long> instants(Random random, EntityRun entity) {
    List<Long> rows = List.copyOf(entity.table().keySet());
    List<Long> instants = new ArrayList<>();
    for (int i = 0; i < INSTANTS; i++) {
      long row = rows.get(random.nextInt(rows.size()));
      instants.add(Math.min(row + random.nextInt(2), entity.watermark()));
    }
    return instants.stream().distinct().toList();
  }

  /** How many values were compared. */
  long compare(Duck duck) throws SQLException {
    duck.load(view, entities, instants);
    long compared = 0;
    for (int i = 0; i < view.features().size(); i++) {
      if (view.features().get(i) instanceof Aggregated feature) {
        Optional<Map<DuckConnection.Key, Object>> results = duck.results(view, feature);
        compared += results.isPresent() ? compare(feature, i, results.get()) : 0;
      }
    }
    return compared;
  }

  private long compare(Aggregated feature, int index, Map<DuckConnection.Key, Object> results) {
    long compared = 0;
    for (int k = 0; k < entities.size(); k++) {
      TreeMap<Long, Object[]> table = entities.get(k).table();
      for (long instant : instants.get(k)) {
        Object value = table.floorEntry(instant).getValue()[index];
        Object nothing = feature.by() == null ? null : Map.of();
        Object answer = results.getOrDefault(new DuckConnection.Key(k, instant), nothing);
        Object expected = answer == null ? feature.defaultValue() : answer;
        if (!NaiveViews.sameBits(new Object[] {value}, new Object[] {expected})) {
          throw new AssertionError(
              "%s at %d is %s, and in SQL %s, of\n%s"
                  .formatted(
                      feature.name(),
                      instant,
                      value,
                      expected,
                      new Recomputation(view, entities.get(k).events())));
        }
        compared++;
      }
    }
    return compared;
  }
}
