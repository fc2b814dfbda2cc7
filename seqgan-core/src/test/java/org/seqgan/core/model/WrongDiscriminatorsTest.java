package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TokenScorer;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.ContractRun;
import org.seqgan.testkit.DiscriminatorContract;

@DisplayName("The contract of a discriminator finds one that")
class WrongDiscriminatorsTest {
  private static final String BATCH = "theProbabilityOfASequenceDoesNotDependOnItsBatch";
  private static final String GRADIENT = "theGradientOfABatchIsThatOfItsLoss";
  private static final String TRAFFIC = "aStepOnATrainingSetAsksLittleOfTheBackend";
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
    public TrainingSet trainingSet(Sequences sequences, boolean[] real) {
      return right.trainingSet(sequences, real);
    }

    @Override
    public Optional<OnTape<SequenceClassifier>> onTape(OptimizerOptions optimizer) {
      return right.onTape(optimizer);
    }

    final TrainingSet selectingOnTheHost(Sequences sequences, boolean[] real) {
      return Discriminator.super.trainingSet(sequences, real);
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

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.TOKEN_SCORES);
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

  static class GivesTheOddsOfGenerated extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public float[] logOdds(Sequences sequences) {
          float[] odds = right.logOdds(sequences);
          for (int i = 0; i < odds.length; i++) {
            odds[i] = -odds[i];
          }
          return odds;
        }
      };
    }
  }

  @Test
  @DisplayName("gives the odds of being generated for those of being real")
  void givesTheOddsOfGenerated() {
    assertFinds(
        GivesTheOddsOfGenerated.class,
        "itsLogOddsAreThoseOfItsProbabilities",
        "the probability that the log-odds of sequence");
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

  static class LooksAhead extends WrongCnn {
    @Override
    protected Set<Capability> lacks() {
      return Set.of();
    }

    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public Optional<TokenScorer> tokens() {
          return Optional.of(this::ofWholeSequences);
        }

        private TokenValues ofWholeSequences(Sequences sequences) {
          float[] scores = right.probabilityReal(sequences);
          float[] values = new float[sequences.tokens().length];
          for (int at = 0; at < values.length; at++) {
            values[at] = scores[at / sequences.time()];
          }
          return new TokenValues(sequences.count(), sequences.time(), values);
        }
      };
    }
  }

  @Test
  @DisplayName("judges a token by what follows it")
  void looksAhead() {
    assertFinds(
        LooksAhead.class, "aTokenIsJudgedByItsPrefixAlone", "what comes later must not count");
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

  // ---- what it asks of the backend ----

  /** A discriminator whose steps on a training set are a right one's, and something more. */
  abstract static class WrongTrainingSet extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public TrainingSet trainingSet(Sequences sequences, boolean[] real) {
          TrainingSet set = right.trainingSet(sequences, real);
          return new TrainingSet() {
            @Override
            public Step train(int[] rows, RandomStream stream) {
              return changed(set.train(rows, stream), right);
            }

            @Override
            public void close() {
              set.close();
            }
          };
        }
      };
    }

    abstract Step changed(Step step, Discriminator right);
  }

  static class ReadsItsLoss extends WrongTrainingSet {
    @Override
    Step changed(Step step, Discriminator right) {
      return Step.of(step.loss(), step.gradientNorm());
    }
  }

  @Test
  @DisplayName("looks at its loss in each step")
  void readsItsLoss() {
    assertFinds(
        ReadsItsLoss.class, TRAFFIC, "reads of a step, of which STEPS_WITHOUT_READS allows 0", "2");
  }

  /** It has the host select every batch. */
  static class UploadsItsBatches extends WrongCnn {
    @Override
    Discriminator spoiled(Discriminator cnn) {
      return new Wrong(cnn) {
        @Override
        public TrainingSet trainingSet(Sequences sequences, boolean[] real) {
          return selectingOnTheHost(sequences, real);
        }
      };
    }
  }

  @Test
  @DisplayName("uploads its sequences in each step")
  void uploadsItsBatches() {
    assertFinds(
        UploadsItsBatches.class,
        TRAFFIC,
        "uploads of a step, of which SEQUENCES_UPLOADED_ONCE allows 1");
  }

  /** Keeps a tensor of each step. */
  static class KeepsMore extends WrongTrainingSet {
    TensorBackend backend;
    private final List<TensorScope> kept = new ArrayList<>();

    @Override
    protected Discriminator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      this.backend = backend;
      return super.create(backend, vocabulary, sequenceLength, seed);
    }

    @Override
    Step changed(Step step, Discriminator right) {
      TensorScope scope = backend.openScope();
      scope.allocate(1);
      kept.add(scope);
      return step;
    }
  }

  @Test
  @DisplayName("takes new memory in each step")
  void keepsMore() {
    assertFinds(
        KeepsMore.class, TRAFFIC, "new buffers of the third step, of which STEADY_MEMORY allows 0");
  }

  static class DoesMore extends KeepsMore {
    @Override
    Step changed(Step step, Discriminator right) {
      try (TensorScope scope = backend.openScope()) {
        Tensor x = scope.zeros(1);
        for (int i = 0; i < 22; i++) {
          scope.fill(x, i);
        }
      }
      return step;
    }
  }

  @Test
  @DisplayName("has more operations in a step than it says")
  void doesMore() {
    assertFinds(DoesMore.class, TRAFFIC, "operations of a step, of which mostOperations() allows");
  }

  // ---- what is said to be lacking ----

  static class SaysItReads extends Right {
    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.STEPS_WITHOUT_READS, Capability.TOKEN_SCORES);
    }
  }

  @Test
  @DisplayName("is said to read what it does not")
  void saysItReads() {
    assertFinds(SaysItReads.class, TRAFFIC, "has more than 0: STEPS_WITHOUT_READS");
  }

  static class SaysItHasDropout extends Right {
    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.LOSS_OF_SCORES, Capability.TOKEN_SCORES);
    }
  }

  @Test
  @DisplayName("is said to lack what it has")
  void saysItHasDropout() {
    assertFinds(SaysItHasDropout.class, LOSS, "LOSS_OF_SCORES, which lacks() says is lacking");
  }
}
