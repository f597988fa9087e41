// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * Which version of the definitions an offline table is of, in its properties, where every engine
 * shows it.
 *
 * <ul>
 *   <li>{@code tailwater.applied-version}, {@code tailwater.applied-digest}: the version that was
 *       applied last, and the digest of what the view computes in it
 *   <li>{@code tailwater.definitions-version}, {@code tailwater.definitions-digest}: the same of
 *       the job that was last started to write the table
 * </ul>
 *
 * <p>They differ between an apply and the restart of the stream. A property is changed in a commit
 * that makes no snapshot, and that is tried again when others commit.
 */
public final class DefinitionStamps {
  private static final String APPLIED_VERSION = "tailwater.applied-version";
  private static final String APPLIED_DIGEST = "tailwater.applied-digest";
  private static final String VERSION = "tailwater.definitions-version";
  private static final String DIGEST = "tailwater.definitions-digest";

  private DefinitionStamps() {}

  /**
   * Stamps the tables of a project as applied, where there are any.
   *
   * @param views digests of what views compute, by their names
   * @return the views whose tables had another stamp
   */
  public static List<String> applied(
      CatalogLoader loader, String project, long version, Map<String, String> views)
      throws IOException {
    List<String> stamped = new ArrayList<>();
    try (OpenCatalog open = OpenCatalog.of(loader)) {
      views.forEach(
          (view, digest) -> {
            if (stamp(open.catalog(), project, view, version, applied(version, digest))) {
              stamped.add(view);
            }
          });
    }
    return stamped;
  }

  /**
   * Stamps the table of a view as written by a job of the applied definitions.
   *
   * @return whether it had another stamp; false if there is no table
   */
  public static boolean written(
      CatalogLoader loader, String project, String view, long version, String digest)
      throws IOException {
    try (OpenCatalog open = OpenCatalog.of(loader)) {
      return stamp(
          open.catalog(),
          project,
          view,
          version,
          Map.of(
              APPLIED_VERSION,
              Long.toString(version),
              APPLIED_DIGEST,
              digest,
              VERSION,
              Long.toString(version),
              DIGEST,
              digest));
    }
  }

  /** The newest version that a table of a project is stamped with; 0 if none is. */
  public static long newest(CatalogLoader loader, String project) throws IOException {
    long newest = 0;
    try (OpenCatalog open = OpenCatalog.of(loader)) {
      for (TableIdentifier table : open.catalog().listTables(Namespace.of(project))) {
        Map<String, String> properties = open.catalog().loadTable(table).properties();
        newest = Math.max(newest, version(properties, APPLIED_VERSION));
        newest = Math.max(newest, version(properties, VERSION));
      }
    } catch (NoSuchNamespaceException e) {
      return 0;
    }
    return newest;
  }

  /** The digest of what a view's table was applied with; empty if it is not stamped, or is none. */
  public static Optional<String> appliedDigest(CatalogLoader loader, String project, String view)
      throws IOException {
    try (OpenCatalog open = OpenCatalog.of(loader)) {
      return Optional.ofNullable(
          open.catalog()
              .loadTable(OfflineTables.identifier(project, view))
              .properties()
              .get(APPLIED_DIGEST));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> applied(long version, String digest) {
    return Map.of(APPLIED_VERSION, Long.toString(version), APPLIED_DIGEST, digest);
  }

  private static boolean stamp(
      Catalog catalog, String project, String view, long version, Map<String, String> stamp) {
    Table table;
    try {
      table = catalog.loadTable(OfflineTables.identifier(project, view));
    } catch (NoSuchTableException e) {
      return false;
    }
    // Of two applies one after the other the second may be the first to come here.
    if (table.properties().entrySet().containsAll(stamp.entrySet())
        || version(table.properties(), APPLIED_VERSION) > version) {
      return false;
    }
    UpdateProperties update = table.updateProperties();
    stamp.forEach(update::set);
    update.commit();
    return true;
  }

  private static long version(Map<String, String> properties, String name) {
    try {
      return Long.parseLong(properties.getOrDefault(name, "0"));
    } catch (NumberFormatException e) {
      return 0; // set by hand
    }
  }
}
