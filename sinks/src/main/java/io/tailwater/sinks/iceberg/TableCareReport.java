// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

/**
 * What a table was like before it was taken care of, and after. Whoever else writes to the table
 * meanwhile is in the numbers too.
 *
 * @param table its name within the project
 * @param filesBefore data files of the current snapshot
 * @param filesAfter data files of the snapshot that is current then
 * @param filesCompacted how many of those before were written anew
 * @param bytesBefore size of the data files
 * @param bytesAfter size of the data files
 * @param snapshotsExpired how many snapshots are gone
 * @param snapshotsKept how many are left, with those that have a tag or a branch
 * @param orphansDeleted how many files are gone that nothing referred to
 * @param orphanBytes size of these files
 */
public record TableCareReport(
    String table,
    long filesBefore,
    long filesAfter,
    long filesCompacted,
    long bytesBefore,
    long bytesAfter,
    long snapshotsExpired,
    long snapshotsKept,
    long orphansDeleted,
    long orphanBytes) {}
