// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.report;

/**
 * What is in the stores of a view.
 *
 * @param onlineKeys vectors in Redis
 * @param offlineRows rows in Iceberg
 */
public record StoreCounts(String view, long onlineKeys, long offlineRows) {}
