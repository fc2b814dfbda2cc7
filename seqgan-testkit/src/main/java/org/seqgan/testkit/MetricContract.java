package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * What every metric must do. Extend it and implement {@link #create}; say what yours {@link
 * #lacks}. One that is made for a task of its own kind overrides {@link #task}.
 *
 * <p>The sequences are random, of one length and of several; the generator draws some tokens more
 * often than others. All random numbers come from one seed, see {@link ContractSeed}.
 */
@ExtendWith(ContractSeed.class)
public abstract class MetricContract {
  private static final int TIME = 6;
  private static final int SAMPLES = 40;
  private static final List<Vocabulary> VOCABULARIES =
      List.of(Vocabulary.fixedLength(4, 0), new Vocabulary(4, 1, OptionalInt.of(3)));

  /** What a metric may lack. */
  public enum Capability {
    /** It can measure where there is no oracle. Without, it describes no score there. */
    DOES_WITHOUT_AN_ORACLE,

    /** One of its scores has a value for each sequence. Without, none has. */
    SCORES_EACH_SEQUENCE
  }

  private final TensorBackend backend =
      new ReferenceBackendProvider().open(ReferenceOptions.defaults());

  /** A new metric. */
  protected abstract Metric create();

  /**
   * What this metric does not do. The contract then requires that it does not: a declaration that
   * is not true fails.
   */
  protected Set<Capability> lacks() {
    return Set.of();
  }

  /** A task to measure on; random tokens unless overridden. The contract closes it. */
  protected Task task(Vocabulary vocabulary, int sequenceLength, boolean hasOracle) {
    return DrawnTask.of(vocabulary, sequenceLength, hasOracle, ContractSeed.stream("task"));
  }

  @AfterEach
  final void closeBackend() {
    backend.close();
  }

  private boolean has(Capability capability) {
    return !lacks().contains(capability);
  }

  private MetricInput input(Task task, long number) {
    Policy policy = new UnevenPolicy(task.data().vocabulary(), task.data().sequenceLength());
    Sequences samples =
        policy.sample(
            SAMPLES, Decoding.SAMPLE, ContractSeed.stream("samples").split("number", number));
    return new MetricInput(samples, task, policy, backend, ContractSeed.stream("measuring"));
  }

  @Test
  final void givesTheScoresThatItDescribes() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Task task = task(vocabulary, TIME, true)) {
        Metric metric = create();
        List<ScoreDescription> described = metric.describe(task, SAMPLES);
        assertThat(described)
            .extracting(ScoreDescription::name)
            .as("scores that are described")
            .isNotEmpty()
            .doesNotHaveDuplicates();
        assertThat(metric.measure(input(task, 1)))
            .extracting(Score::description)
            .as("scores that are measured, as they were described")
            .isEqualTo(described);
      }
    }
  }

  @Test
  final void everyValueIsInItsRange() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Task task = task(vocabulary, TIME, true)) {
        Metric metric = create();
        for (Score score : metric.measure(input(task, 1))) {
          assertThat(metric.range(score.name()).contains(score.value()))
              .as("%s is %s: %s", score.name(), score.value(), metric.range(score.name()))
              .isTrue();
        }
      }
    }
  }

  @Test
  final void givesAValueForEachSequenceOrNone() {
    try (Task task = task(VOCABULARIES.get(0), TIME, true)) {
      List<Score> scores = create().measure(input(task, 1));
      for (Score score : scores) {
        score
            .perSequence()
            .ifPresent(
                values -> assertThat(values).as("values of %s", score.name()).hasSize(SAMPLES));
      }
      assertThat(scores.stream().anyMatch(score -> score.perSequence().isPresent()))
          .as("a score has a value for each sequence")
          .isEqualTo(has(Capability.SCORES_EACH_SEQUENCE));
    }
  }

  @Test
  final void measuresTheSameAgain() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Task task = task(vocabulary, TIME, true)) {
        Metric metric = create();
        List<Double> first = values(metric, input(task, 1));
        metric.measure(input(task, 2));
        assertThat(values(metric, input(task, 1))).as("measured again").isEqualTo(first);
        assertThat(values(create(), input(task, 1))).as("by another such metric").isEqualTo(first);
      }
    }
  }

  private static List<Double> values(Metric metric, MetricInput input) {
    return metric.measure(input).stream().map(Score::value).toList();
  }

  @Test
  final void looksAtTheSamplesUnlessNothingCanStandInForThem() {
    try (Task task = task(VOCABULARIES.get(0), TIME, true)) {
      Metric metric = create();
      List<Double> first = values(metric, input(task, 1));
      boolean same = true;
      for (long number = 3; number < 13; number++) {
        same &= values(metric, input(task, number)).equals(first);
      }
      assertThat(same)
          .as("all samples have the same scores, with stand-in %s", metric.standIn())
          .isEqualTo(metric.standIn() == StandIn.NONE);
    }
  }

  @Test
  final void describesNothingThatItCannotMeasure() {
    try (Task task = task(VOCABULARIES.get(0), TIME, false)) {
      Metric metric = create();
      List<ScoreDescription> described = metric.describe(task, SAMPLES);
      if (has(Capability.DOES_WITHOUT_AN_ORACLE)) {
        assertThat(metric.measure(input(task, 1)))
            .extracting(Score::description)
            .isEqualTo(described)
            .isNotEmpty();
      } else {
        assertThat(described).as("scores of a task without an oracle").isEmpty();
      }
    }
  }
}
