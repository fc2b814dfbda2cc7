package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.ContractRun;
import org.seqgan.testkit.DiscriminatorContract;

@DisplayName("The contract of a discriminator finds one that")
class WrongDiscriminatorsTest {
  private static final String BATCH = "theProbabilityOfASequenceDoesNotDependOnItsBatch";
  private static final String GRADIENT = "theGradientOfABatchIsThatOfItsLoss";
  private static final String LOSS = "theLossOfABatchIsTheMeanCrossEntropyOfItsProbabilities";

  private static void assertFinds(
      Class<? extends DiscriminatorContract> contract, String test, String... inTheMessage) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(
            test, message -> assertThat(message).contains(inTheMessage).contains("[seed "));
  }

  /** A discriminator that does all as a right one does, but for what a subclass does otherwise. */
  abstract static class Wrong implements Discriminator {
    final Discriminator right;

    Wrong(Discriminator right) {
      this.right = right;
    }

    @Override
    public float[] probabilityReal(Sequences sequences) {
      return right.probabilityReal(sequences);
    }

    @Override
    public Step train(Sequences batch, boolean[] real, RandomStream stream) {
      return right.train(batch, real, stream);
    }

    @Override
    public NamedArrays parameters() {
      return right.parameters();
    }

    @Override
    public void setParameters(NamedArrays parameters) {
      right.setParameters(parameters);
    }

    @Override
    public NamedArrays optimizerState() {
      return right.optimizerState();
    }

    @Override
    public void setOptimizerState(NamedArrays state) {
      right.setOptimizerState(state);
    }

    @Override
    public void close() {
      right.close();
    }
  }

  /** A CNN without dropout, made wrong in one way. */
  @ExtendWith(ContractRun.Only.class)
  abstract static class WrongCnn extends DiscriminatorContract {
    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return spoiled(
          CnnDiscriminatorContractTest.cnn(
              backend, vocabulary, sequenceLength, seed, optimizer(), 1f));
    }

    abstract Discriminator spoiled(Discriminator cnn);
  }

  static class Right extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {};
    }
  }

  @Test
  @DisplayName("is right to be right")
  void isRight() {
    assertThat(ContractRun.of(Right.class).failures()).isEmpty();
  }

  // ---- scores ----

  static class ScoresInAnotherOrder extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public float[] probabilityReal(Sequences sequences) {
          float[] scores = right.probabilityReal(sequences);
          float[] reversed = new float[scores.length];
          for (int i = 0; i < scores.length; i++) {
            reversed[i] = scores[scores.length - 1 - i];
          }
          return reversed;
        }
      };
    }
  }

  @Test
  @DisplayName("scores a batch in another order")
  void scoresInAnotherOrder() {
    assertFinds(
        ScoresInAnotherOrder.class,
        BATCH,
        " of a batch, against that of it alone: other sequences, their order and");
  }

  static class IgnoresLengths extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public float[] probabilityReal(Sequences sequences) {
          return right.probabilityReal(asIfNoneHadEnded(sequences));
        }

        @Override
        public Step train(Sequences batch, boolean[] real, RandomStream stream) {
          return right.train(asIfNoneHadEnded(batch), real, stream);
        }
      };
    }
  }

  private static Sequences asIfNoneHadEnded(Sequences batch) {
    return Sequences.ofFullLength(batch.tokens(), batch.time());
  }

  @Test
  @DisplayName("takes padding for tokens")
  void ignoresLengths() {
    assertFinds(
        IgnoresLengths.class,
        "howFarASequenceIsPaddedDoesNotMatter",
        "padded to 9 positions, against one padded to 6: padding must not count");
  }

  static class IgnoresLengthsInTraining extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public Step train(Sequences batch, boolean[] real, RandomStream stream) {
          return right.train(asIfNoneHadEnded(batch), real, stream);
        }
      };
    }
  }

  @Test
  @DisplayName("takes padding for tokens in training alone")
  void ignoresLengthsInTraining() {
    assertFinds(IgnoresLengthsInTraining.class, LOSS, "what the loss has beside the cross-entropy");
  }

  /** With dropout, of which it sets the half of a batch to other values each time it scores. */
  static class DropsOutWhenItScores extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        private final RandomStream dropout = RandomStream.of(5);

        @Override
        public float[] probabilityReal(Sequences sequences) {
          NamedArrays kept = right.parameters();
          Map<String, FloatArray> dropped = new LinkedHashMap<>(kept.arrays());
          float[] weights = kept.get(CnnModel.OUTPUT_WEIGHTS).values().clone();
          for (int i = 0; i < weights.length; i++) {
            weights[i] = dropout.nextUniform() < 0.75f ? weights[i] / 0.75f : 0;
          }
          dropped.put(
              CnnModel.OUTPUT_WEIGHTS,
              new FloatArray(kept.get(CnnModel.OUTPUT_WEIGHTS).shape(), weights));
          right.setParameters(new NamedArrays(dropped));
          float[] scores = right.probabilityReal(sequences);
          right.setParameters(kept);
          return scores;
        }
      };
    }
  }

  @Test
  @DisplayName("has dropout when it scores")
  void dropsOutWhenItScores() {
    assertFinds(DropsOutWhenItScores.class, BATCH, "and dropout must not matter");
  }

  static class ScoresCompletionsInAnotherOrder extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public float[] probabilityReal(Completions completions) {
          float[] scores = right.probabilityReal(completions);
          float first = scores[0];
          System.arraycopy(scores, 1, scores, 0, scores.length - 1);
          scores[scores.length - 1] = first;
          return scores;
        }
      };
    }
  }

  @Test
  @DisplayName("scores completions in another order")
  void scoresCompletionsInAnotherOrder() {
    assertFinds(
        ScoresCompletionsInAnotherOrder.class,
        "completionsAreJudgedLikeTheirRows",
        "probabilities of completions, against those of their rows");
  }

  // ---- training ----

  static class TrainsAtRandom extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      RandomStream own = RandomStream.of(System.identityHashCode(cnn));
      return new Wrong(cnn) {
        @Override
        public Step train(Sequences batch, boolean[] real, RandomStream stream) {
          Step step = right.train(batch, real, stream);
          NamedArrays parameters = right.parameters();
          parameters.get(CnnModel.OUTPUT_BIAS).values()[0] += 0.01f * own.nextUniform();
          right.setParameters(parameters);
          return step;
        }
      };
    }
  }

  @Test
  @DisplayName("trains otherwise each time")
  void trainsAtRandom() {
    assertFinds(TrainsAtRandom.class, "trainingIsRepeatable", "with the same batch and stream");
  }

  /** Training that is right, but for how much of a parameter's step is made. */
  abstract static class WrongTraining extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public Step train(Sequences batch, boolean[] real, RandomStream stream) {
          NamedArrays before = right.parameters();
          Step step = right.train(batch, real, stream);
          NamedArrays after = right.parameters();
          for (String name : before.names()) {
            float[] from = before.get(name).values();
            float[] to = after.get(name).values();
            for (int i = 0; i < to.length; i++) {
              to[i] = from[i] + share(name) * (to[i] - from[i]);
            }
          }
          right.setParameters(after);
          return step;
        }
      };
    }

    abstract float share(String name);
  }

  static class TrainsAllButOneArray extends WrongTraining {
    @Override
    float share(String name) {
      return name.equals(CnnModel.GATE_WEIGHTS) ? 0 : 1;
    }
  }

  @Test
  @DisplayName("has no gradient for one array")
  void trainsAllButOneArray() {
    assertFinds(
        TrainsAllButOneArray.class,
        GRADIENT,
        "training: the gradient by gate.W is not that of the loss",
        "worst element gate.W[",
        "arrays that disagree: [gate.W] of ");
  }

  static class TrainsTheWrongWay extends WrongTraining {
    @Override
    float share(String name) {
      return -1;
    }
  }

  @Test
  @DisplayName("trains the wrong way")
  void trainsTheWrongWay() {
    assertFinds(TrainsTheWrongWay.class, GRADIENT, "is not that of the loss");
    assertFinds(
        TrainsTheWrongWay.class, "learnsToTellSmallTokensFromLargeOnes", "loss of the last step");
  }

  static class SwapsItsLabels extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public Step train(Sequences batch, boolean[] real, RandomStream stream) {
          boolean[] swapped = new boolean[real.length];
          for (int i = 0; i < real.length; i++) {
            swapped[i] = !real[i];
          }
          return right.train(batch, swapped, stream);
        }
      };
    }
  }

  @Test
  @DisplayName("takes real sequences for generated ones")
  void swapsItsLabels() {
    assertFinds(SwapsItsLabels.class, LOSS, "with labels swapped");
  }

  static class ForgetsItsOptimizer extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public void setOptimizerState(NamedArrays state) {}
      };
    }
  }

  @Test
  @DisplayName("does not restore its optimiser")
  void forgetsItsOptimizer() {
    assertFinds(
        ForgetsItsOptimizer.class, "resumesTrainingExactly", "optimiser state that was set");
  }

  // ---- what is said to be lacking ----

  static class SaysItHasDropout extends Right {
    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.LOSS_OF_SCORES);
    }
  }

  @Test
  @DisplayName("is said to lack what it has")
  void saysItHasDropout() {
    assertFinds(SaysItHasDropout.class, LOSS, "LOSS_OF_SCORES, which lacks() says is lacking");
  }
}
