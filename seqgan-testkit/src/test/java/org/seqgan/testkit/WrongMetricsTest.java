package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;

@DisplayName("The contract of a metric finds one that")
class WrongMetricsTest {
  /** The share of sequences that begin with token 0. */
  static class Zeros implements Metric {
    @Override
    public List<ScoreDescription> describe(Task task, int samples) {
      return List.of(
          new ScoreDescription(
              new ScoreIdentity("zeros", "", 0, "", "", 1), Better.HIGHER, "made up"));
    }

    @Override
    public List<Score> measure(MetricInput input) {
      Sequences samples = input.samples();
      float[] each = new float[samples.count()];
      double sum = 0;
      for (int i = 0; i < each.length; i++) {
        each[i] = samples.token(i, 0) == 0 ? 1 : 0;
        sum += each[i];
      }
      return List.of(
          new Score(
              describe(input.task(), each.length).get(0), sum / each.length, Optional.of(each)));
    }

    @Override
    public ScoreRange range(String score) {
      return ScoreRange.SHARE;
    }

    @Override
    public StandIn standIn() {
      return StandIn.TRAINING;
    }
  }

  /** The metric with another value of its score. */
  abstract static class Changed extends Zeros {
    abstract Score changed(Score right);

    @Override
    public List<Score> measure(MetricInput input) {
      return super.measure(input).stream().map(this::changed).toList();
    }
  }

  @ExtendWith(ContractRun.Only.class)
  abstract static class Wrong extends MetricContract {}

  private static void assertFinds(
      Class<? extends MetricContract> contract, String test, String... inTheMessage) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(
            test, message -> assertThat(message).contains(inTheMessage).contains("[seed "));
  }

  static class Right extends Wrong {
    @Override
    protected Metric create() {
      return new Zeros();
    }
  }

  @Test
  @DisplayName("is right to be right")
  void isRight() {
    assertThat(ContractRun.of(Right.class).failures()).isEmpty();
  }

  static class GivesPercent extends Wrong {
    @Override
    protected Metric create() {
      return new Changed() {
        @Override
        Score changed(Score right) {
          return new Score(right.description(), 100 * right.value() + 2, right.perSequence());
        }
      };
    }
  }

  @Test
  @DisplayName("leaves its range")
  void givesPercent() {
    assertFinds(GivesPercent.class, "everyValueIsInItsRange", "a finite number from 0 to 1");
  }

  static class GivesAScoreThatItDidNotDescribe extends Wrong {
    @Override
    protected Metric create() {
      return new Zeros() {
        @Override
        public List<Score> measure(MetricInput input) {
          Score score = super.measure(input).get(0);
          return List.of(score, score);
        }
      };
    }
  }

  @Test
  @DisplayName("gives other scores than it describes")
  void givesAScoreThatItDidNotDescribe() {
    assertFinds(
        GivesAScoreThatItDidNotDescribe.class,
        "givesTheScoresThatItDescribes",
        "scores that are measured, as they were described");
  }

  static class HasOneValueTooMany extends Wrong {
    @Override
    protected Metric create() {
      return new Changed() {
        @Override
        Score changed(Score right) {
          return new Score(right.description(), right.value(), Optional.of(new float[41]));
        }
      };
    }
  }

  static class HidesItsValues extends Wrong {
    @Override
    protected Metric create() {
      return new Zeros();
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Test
  @DisplayName("has not a value for each sequence, or has one that it denies")
  void hasOneValueTooMany() {
    String test = "givesAValueForEachSequenceOrNone";
    assertFinds(HasOneValueTooMany.class, test, "values of zeros");
    assertFinds(HidesItsValues.class, test, "a score has a value for each sequence");
  }

  static class Remembers extends Wrong {
    @Override
    protected Metric create() {
      return new Changed() {
        private double before;

        @Override
        Score changed(Score right) {
          double both = (before + right.value()) / 2;
          before = right.value();
          return new Score(right.description(), both, right.perSequence());
        }
      };
    }
  }

  @Test
  @DisplayName("remembers what it measured before")
  void remembers() {
    assertFinds(Remembers.class, "measuresTheSameAgain", "measured again");
  }

  static class DeniesThatItLooks extends Wrong {
    @Override
    protected Metric create() {
      return new Zeros() {
        @Override
        public StandIn standIn() {
          return StandIn.NONE;
        }
      };
    }
  }

  @Test
  @DisplayName("looks at the samples and says that it does not")
  void deniesThatItLooks() {
    assertFinds(
        DeniesThatItLooks.class,
        "looksAtTheSamplesUnlessNothingCanStandInForThem",
        "with stand-in NONE");
  }

  static class DeniesThatItNeedsNoOracle extends Wrong {
    @Override
    protected Metric create() {
      return new Zeros();
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.DOES_WITHOUT_AN_ORACLE);
    }
  }

  @Test
  @DisplayName("describes what it says it cannot measure")
  void deniesThatItNeedsNoOracle() {
    assertFinds(
        DeniesThatItNeedsNoOracle.class,
        "describesNothingThatItCannotMeasure",
        "scores of a task without an oracle");
  }
}
