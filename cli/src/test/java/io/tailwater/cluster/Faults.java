// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

/** Faults of processes. */
enum Faults implements Fault {
  /** A TaskManager is killed, and another one comes. */
  TASK_MANAGER_KILLED {
    @Override
    public void strike(Installation installation) throws Exception {
      FlinkCluster flink = installation.flink();
      flink.killTaskManager(0);
      flink.startTaskManager();
    }
  },

  /** The JobManager is killed, and the stream submitted again from its last checkpoint. */
  JOB_MANAGER_KILLED {
    @Override
    public void strike(Installation installation) throws Exception {
      FlinkCluster flink = installation.flink();
      flink.jobManager().kill();
      flink.startJobManager();
      flink.awaitReady();
      installation.startStream(installation.lastCheckpoint().toUri().toString());
    }
  },

  /** The broker is killed, and starts again with its data. */
  BROKER_KILLED {
    @Override
    public void strike(Installation installation) {
      installation.kafka().kill();
      installation.kafka().start();
    }
  },

  /** Redis is killed, and starts again without its data, which come from the offline tables. */
  REDIS_LOST {
    @Override
    public void strike(Installation installation) {
      installation.redis().kill();
      installation.redis().start();
    }

    @Override
    public void mend(Installation installation) throws Exception {
      FlinkCluster flink = installation.flink();
      // The stream has the slots of the others.
      flink.startTaskManager();
      flink.awaitReady();
      installation.materialize();
    }
  }
}
