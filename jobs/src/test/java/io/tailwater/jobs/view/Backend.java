// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** The state backends that views run on. */
enum Backend {
  HEAP,
  ROCKSDB;

  StateBackend create() {
    return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
  }
}
