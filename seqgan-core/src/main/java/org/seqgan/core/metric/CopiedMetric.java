package org.seqgan.core.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;

/** The share of samples that are training sequences, token for token. */
final class CopiedMetric implements Metric {
  static final String COPIED = "copied";

  /** The training sequences, without the end token. */
  private record Known(OptionalInt endToken) implements Derived<SequenceSet> {
    @Override
    public SequenceSet compute(Sequences data) {
      return SequenceSet.of(TokenRows.withoutEnd(data, endToken));
    }
  }

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    int count = task.data().training().count();
    return List.of(
        new Descriptions(task)
            .ofText(
                COPIED,
                Better.LOWER,
                Descriptions.Against.unsmoothed("training sequences", count),
                "share of %d samples that are one of the %d training sequences"
                    .formatted(samples, count)));
  }

  @Override
  public List<Score> measure(MetricInput input) {
    OptionalInt end = input.task().data().vocabulary().endToken();
    SequenceSet known = Derived.of(input.task().data().training(), new Known(end));
    TokenRows rows = TokenRows.withoutEnd(input.samples(), end);
    float[] copied = new float[rows.count()];
    double sum = 0;
    for (int row = 0; row < copied.length; row++) {
      copied[row] = known.contains(rows, row) ? 1 : 0;
      sum += copied[row];
    }
    ScoreDescription description = describe(input.task(), rows.count()).get(0);
    return List.of(new Score(description, sum / rows.count(), Optional.of(copied)));
  }

  @Override
  public ScoreRange range(String score) {
    return ScoreRange.SHARE;
  }

  @Override
  public StandIn standIn() {
    return StandIn.VALIDATION;
  }
}
