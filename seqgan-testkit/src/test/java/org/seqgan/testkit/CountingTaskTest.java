package org.seqgan.testkit;

import org.seqgan.api.task.Task;

class CountingTaskTest extends TaskContract {
  @Override
  protected Task open(long seed) {
    return new CountingTask(seed);
  }
}
