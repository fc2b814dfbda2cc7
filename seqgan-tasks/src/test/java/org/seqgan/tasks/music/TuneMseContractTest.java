package org.seqgan.tasks.music;

import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.task.Task;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.MetricContract;

class TuneMseContractTest extends MetricContract {
  @Override
  protected Metric create() {
    return new TuneMse();
  }

  /** Of music, whatever tokens were asked for: the metric is made for nothing else. */
  @Override
  protected Task task(Vocabulary vocabulary, int sequenceLength, boolean hasOracle) {
    return new MusicTaskProvider()
        .open(DataContext.offline(1), MusicTaskTest.options("sample", Windows.FIRST));
  }
}
