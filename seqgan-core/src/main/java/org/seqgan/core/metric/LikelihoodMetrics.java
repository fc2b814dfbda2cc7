package org.seqgan.core.metric;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;

/** NLL_oracle and NLL_gen. */
final class LikelihoodMetrics {
  static final String NLL_ORACLE = "nll-oracle";
  static final String NLL_GEN = "nll-gen";

  private LikelihoodMetrics() {}

  /** How unlikely the oracle finds the samples. */
  static final class Oracle implements Metric {
    @Override
    public List<ScoreDescription> describe(Task task, int samples) {
      String how =
          "mean over tokens of -log G_oracle, nats, on "
              + samples
              + " samples of the generator (Eq. 13 per token)";
      return task.oracle().isEmpty()
          ? List.of()
          : List.of(
              new Descriptions(task)
                  .ofTokens(
                      NLL_ORACLE,
                      Better.LOWER,
                      Descriptions.Against.unsmoothed("the oracle", 0),
                      how));
    }

    @Override
    public List<Score> measure(MetricInput input) {
      return input
          .task()
          .oracle()
          .map(oracle -> Likelihood.of(oracle, input.samples()))
          .map(
              likelihood ->
                  new Score(
                      describe(input.task(), input.samples().count()).get(0),
                      likelihood.nllPerToken(),
                      Optional.of(likelihood.nllPerTokenOfEach())))
          .stream()
          .toList();
    }

    @Override
    public ScoreRange range(String score) {
      return ScoreRange.NOT_NEGATIVE;
    }

    @Override
    public StandIn standIn() {
      return StandIn.VALIDATION;
    }
  }

  /** How unlikely the generator finds held-out real sequences. */
  static final class HeldOut implements Metric {
    @Override
    public List<ScoreDescription> describe(Task task, int samples) {
      int references = task.data().test().count();
      return List.of(
          new Descriptions(task)
              .ofTokens(
                  NLL_GEN,
                  Better.LOWER,
                  Descriptions.Against.unsmoothed("test sequences", references),
                  "mean over tokens of -log G, nats, on "
                      + references
                      + " held-out real sequences"));
    }

    @Override
    public List<Score> measure(MetricInput input) {
      ScoreDescription description = describe(input.task(), input.samples().count()).get(0);
      Likelihood likelihood = Likelihood.of(input.generator(), input.task().data().test());
      return List.of(Score.of(description, likelihood.nllPerToken()));
    }

    @Override
    public ScoreRange range(String score) {
      return ScoreRange.NOT_NEGATIVE;
    }

    @Override
    public StandIn standIn() {
      return StandIn.NONE;
    }
  }
}
