package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.ContractRun;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("The contract of a generator finds one that")
class WrongGeneratorsTest {
  private static final String DISAGREE = "sampling and likelihood disagree: ";
  private static final String SAMPLING = "samplesAreAsFrequentAsTheyAreProbable";
  private static final String ROLL_OUTS = "completionsAreAsFrequentAsTheyAreProbableGivenThePrefix";
  private static final String LIKELIHOOD_GRADIENT = "theGradientOfAPaddedBatchIsThatOfItsLoss";
  private static final String POLICY_GRADIENT = "thePolicyGradientOfAPaddedBatchIsThatOfItsLoss";

  private static void assertFinds(
      Class<? extends GeneratorContract> contract, String test, String... inTheMessage) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(
            test, message -> assertThat(message).contains(inTheMessage).contains("[seed "));
  }

  /** An LSTM that starts near zero, made wrong in one way. */
  @ExtendWith(ContractRun.Only.class)
  abstract static class WrongLstm extends GeneratorContract {
    @Override
    protected Generator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      LstmModel right = new LstmModel(vocabulary.size(), 4, 5, 0.1f);
      return spoiled(
          new ModelSetting.ForGenerator(
                  backend, vocabulary, sequenceLength, RandomStream.of(seed), adam(), adam())
              .autoregressive(spoiled(right)),
          vocabulary);
    }

    OptimizerOptions adam() {
      return optimizer();
    }

    AutoregressiveModel spoiled(LstmModel right) {
      return right;
    }

    Generator spoiled(Generator right, Vocabulary vocabulary) {
      return right;
    }
  }

  static class Right extends WrongLstm {}

  @Test
  @DisplayName("is right to be right")
  void isRight() {
    ContractRun run = ContractRun.of(Right.class);
    assertThat(run.failures()).isEmpty();
    assertThat(run.succeeded()).isGreaterThan(20);
  }

  // ---- the step function ----

  /** Another step function than that of an LSTM. */
  @FunctionalInterface
  interface StepChange {
    StepFunction change(LstmModel right, TensorScope scope, Function<String, Tensor> parameters);
  }

  /** An LSTM with another step function. */
  record WrongStep(LstmModel right, StepChange change) implements AutoregressiveModel {
    @Override
    public List<ParameterSpec> parameters() {
      return right.parameters();
    }

    @Override
    public OutputLayer outputLayer() {
      return right.outputLayer();
    }

    @Override
    public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
      return right.hidden(tape, inputs, lengths);
    }

    @Override
    public List<Integer> stateWidths() {
      return right.stateWidths();
    }

    @Override
    public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
      return right.step(tape, tokens, state, position);
    }

    @Override
    public StepFunction stepFunction(TensorScope scope, Function<String, Tensor> parameters) {
      return change.change(right, scope, parameters);
    }
  }

  static class ForgetsItsState extends WrongLstm {
    @Override
    AutoregressiveModel spoiled(LstmModel lstm) {
      return new WrongStep(
          lstm,
          (right, outer, parameters) -> {
            StepFunction step = right.stepFunction(outer, parameters);
            return (scope, ids, state, position) -> {
              state.forEach(part -> scope.fill(part, 0));
              return step.step(scope, ids, state, position);
            };
          });
    }
  }

  @Test
  @DisplayName("forgets its state while it samples")
  void forgetsItsState() {
    assertFinds(ForgetsItsState.class, SAMPLING, DISAGREE + "sample", "position ", "after prefix");
    assertFinds(ForgetsItsState.class, ROLL_OUTS, DISAGREE + "complete", "of which ", "given");
  }

  static class SwapsItsGates extends WrongLstm {
    @Override
    AutoregressiveModel spoiled(LstmModel lstm) {
      return new WrongStep(
          lstm,
          (right, scope, parameters) ->
              right.stepFunction(scope, name -> swapped(right, scope, name, parameters)));
    }

    /** The input gate for the forget gate, of which each has a quarter of the columns. */
    private static Tensor swapped(
        LstmModel right, TensorScope scope, String name, Function<String, Tensor> parameters) {
      Tensor value = parameters.apply(name);
      if (!name.startsWith("lstm.")) {
        return value;
      }
      int axis = value.rank() - 1;
      int size = right.hiddenSize();
      return scope.concat(
          List.of(
              scope.slice(value, axis, size, 2 * size),
              scope.slice(value, axis, 0, size),
              scope.slice(value, axis, 2 * size, 4 * size)),
          axis);
    }
  }

  @Test
  @DisplayName("swaps its gates while it samples")
  void swapsItsGates() {
    assertFinds(SwapsItsGates.class, SAMPLING, DISAGREE + "sample", "after prefix");
    assertFinds(SwapsItsGates.class, ROLL_OUTS, DISAGREE + "complete", "after prefix");
  }

  static class IgnoresItsToken extends WrongLstm {
    @Override
    AutoregressiveModel spoiled(LstmModel lstm) {
      return new WrongStep(
          lstm,
          (right, outer, parameters) -> {
            StepFunction step = right.stepFunction(outer, parameters);
            return (scope, ids, state, position) ->
                step.step(scope, scope.ints(new int[ids.size()], ids.size()), state, position);
          });
    }
  }

  @Test
  @DisplayName("ignores its token while it samples")
  void ignoresItsToken() {
    assertFinds(IgnoresItsToken.class, SAMPLING, DISAGREE + "sample", "after prefix");
    assertFinds(IgnoresItsToken.class, ROLL_OUTS, DISAGREE + "complete", "after prefix");
  }

  // ---- sampling and likelihood ----

  /** An LSTM with other states of whole sequences. */
  record WrongStates(LstmModel right) implements AutoregressiveModel {
    @Override
    public List<ParameterSpec> parameters() {
      return right.parameters();
    }

    @Override
    public OutputLayer outputLayer() {
      return right.outputLayer();
    }

    /** To each position's state adds that of the last, which has read all. */
    @Override
    public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
      Variable states = right.hidden(tape, inputs, lengths);
      int time = inputs.dim(1);
      Variable last = tape.slice(states, 1, time - 1, time);
      return tape.binary(
          BinaryOperation.ADD, states, tape.concat(Collections.nCopies(time, last), 1));
    }

    @Override
    public List<Integer> stateWidths() {
      return right.stateWidths();
    }

    @Override
    public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
      return right.step(tape, tokens, state, position);
    }
  }

  static class SeesTheFuture extends WrongLstm {
    @Override
    AutoregressiveModel spoiled(LstmModel lstm) {
      return new WrongStates(lstm);
    }
  }

  @Test
  @DisplayName("sees later tokens when it tells probabilities")
  void seesTheFuture() {
    assertFinds(
        SeesTheFuture.class,
        "probabilitiesOfAllSequencesAddUpToOne",
        "it must not depend on what follows");
  }

  static class TellsProbabilities extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public TokenValues logProbabilities(Sequences sequences) {
          TokenValues logs = right.logProbabilities(sequences);
          float[] values = logs.values().clone();
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(values[i]);
          }
          return new TokenValues(logs.count(), logs.time(), values).upToTheEnds(sequences);
        }
      };
    }
  }

  @Test
  @DisplayName("tells probabilities instead of their logarithms")
  void tellsProbabilities() {
    assertFinds(
        TellsProbabilities.class,
        "probabilitiesOfAllSequencesAddUpToOne",
        "expected a logarithm, finite and at most 0, found 0.");
  }

  /** What stands at every cell of a distribution. */
  private static NextTokens with(NextTokens right, DoubleUnaryOperator change) {
    float[] values = right.logs().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) change.applyAsDouble(values[i]);
    }
    return new NextTokens(right.vocabularySize(), values);
  }

  static class IsHotterWhereItTellsAll extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public NextTokens nextTokens(Sequences sequences, int[] cells) {
          NextTokens halved = with(right.nextTokens(sequences, cells), log -> log / 2);
          return NextTokens.ofLogits(halved.vocabularySize(), halved.logs());
        }
      };
    }
  }

  static class SortsItsCells extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public NextTokens nextTokens(Sequences sequences, int[] cells) {
          return right.nextTokens(sequences, Arrays.stream(cells).sorted().toArray());
        }
      };
    }
  }

  static class GoesOnAfterTheEnd extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public NextTokens nextTokens(Sequences sequences, int[] cells) {
          return right.nextTokens(asIfNoneHadEnded(sequences), cells);
        }
      };
    }
  }

  @Test
  @DisplayName("tells distributions of the next token that are not its own")
  void tellsOtherDistributions() {
    assertFinds(
        IsHotterWhereItTellsAll.class,
        "theDistributionOfTheNextTokenIsThatOfTheLikelihood",
        "next token ",
        "logProbabilities says -");
    assertFinds(
        SortsItsCells.class,
        "theDistributionsOfTheNextTokenComeInTheOrderOfTheirCells",
        "logProbabilities says -");
    assertFinds(
        GoesOnAfterTheEnd.class, "noTokenComesAfterTheEnd", "Expecting code to raise a throwable");
  }

  static class CountsWhatFollowsTheEnd extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public TokenValues logProbabilities(Sequences sequences) {
          return right.logProbabilities(asIfNoneHadEnded(sequences));
        }
      };
    }
  }

  private static Sequences asIfNoneHadEnded(Sequences batch) {
    return Sequences.ofFullLength(batch.tokens(), batch.time());
  }

  @Test
  @DisplayName("has probabilities for what follows the end")
  void countsWhatFollowsTheEnd() {
    assertFinds(
        CountsWhatFollowsTheEnd.class,
        "probabilitiesOfAllSequencesAddUpToOne",
        "which has ended: expected 0, found -");
  }

  static class ReversesItsBatch extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public TokenValues logProbabilities(Sequences sequences) {
          int[] reversed = new int[sequences.count()];
          for (int i = 0; i < reversed.length; i++) {
            reversed[i] = reversed.length - 1 - i;
          }
          return right.logProbabilities(sequences.select(reversed));
        }
      };
    }
  }

  @Test
  @DisplayName("tells the probabilities of a batch in another order")
  void reversesItsBatch() {
    assertFinds(
        ReversesItsBatch.class,
        "logProbabilitiesOfASequenceDoNotDependOnItsBatch",
        "token 0 of sequence ");
  }

  static class SharesDrawsAmongRows extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Sequences sample(int count, Decoding decoding, RandomStream stream) {
          return right.sample(1, decoding, stream).select(new int[count]);
        }
      };
    }
  }

  @Test
  @DisplayName("takes the same random numbers for all rows")
  void sharesDrawsAmongRows() {
    assertFinds(SharesDrawsAmongRows.class, SAMPLING, DISAGREE + "sample");
    assertFinds(
        SharesDrawsAmongRows.class,
        "rowsAreDrawnIndependentlyOfOneAnother",
        "to be equal, found 1.000; do they share their random numbers?");
  }

  static class SharesDrawsInPairs extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Sequences sample(int count, Decoding decoding, RandomStream stream) {
          int[] halves = new int[count];
          for (int i = 0; i < count; i++) {
            halves[i] = i / 2;
          }
          return right.sample((count + 1) / 2, decoding, stream).select(halves);
        }
      };
    }
  }

  @Test
  @DisplayName("takes the same random numbers for two neighbouring rows")
  void sharesDrawsInPairs() {
    assertFinds(
        SharesDrawsInPairs.class,
        "rowsAreDrawnIndependentlyOfOneAnother",
        "neighbouring rows of sample are not drawn independently of one another");
  }

  static class SharesDrawsAmongCopies extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Completions complete(
            Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
          Completions one = right.complete(sequences, 1, decoding, stream);
          int batch = sequences.count();
          return completions(
              sequences,
              copies,
              vocabulary,
              (row, s) -> one.token(row / (copies * batch) * batch + row % batch, s));
        }
      };
    }
  }

  /** A token that a roll-out draws. */
  @FunctionalInterface
  interface Drawn {
    int token(int row, int position);
  }

  private static Completions completions(
      Sequences sequences, int copies, Vocabulary vocabulary, Drawn draw) {
    int[][] drawn = new int[sequences.time() - 1][];
    for (int s = 1; s < sequences.time(); s++) {
      drawn[s - 1] = new int[s * copies * sequences.count()];
      for (int row = 0; row < drawn[s - 1].length; row++) {
        drawn[s - 1][row] = draw.token(row, s);
      }
    }
    return new Completions(sequences, copies, drawn, vocabulary.endToken());
  }

  @Test
  @DisplayName("takes the same random numbers for all copies of a roll-out")
  void sharesDrawsAmongCopies() {
    assertFinds(
        SharesDrawsAmongCopies.class,
        "copiesAreDrawnIndependentlyOfOneAnother",
        "copies of one prefix, by complete are not drawn independently of one another");
  }

  static class IgnoresTheLastTokenOfAPrefix extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Completions complete(
            Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
          Completions[] ofPrefix = new Completions[sequences.time()];
          for (int t = 1; t < sequences.time(); t++) {
            int[] tokens = sequences.tokens().clone();
            for (int b = 0; b < sequences.count(); b++) {
              tokens[b * sequences.time() + t - 1] = vocabulary.startToken();
            }
            ofPrefix[t] =
                right.complete(
                    Sequences.ofFullLength(tokens, sequences.time()), copies, decoding, stream);
          }
          return completions(
              sequences,
              copies,
              vocabulary,
              (row, s) -> ofPrefix[ofPrefix[1].prefixLength(row)].token(row, s));
        }
      };
    }
  }

  @Test
  @DisplayName("ignores the last token of a prefix that it completes")
  void ignoresTheLastTokenOfAPrefix() {
    assertFinds(
        IgnoresTheLastTokenOfAPrefix.class, ROLL_OUTS, DISAGREE + "complete", "of which ", "given");
  }

  static class IgnoresTheTemperature extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Sequences sample(int count, Decoding decoding, RandomStream stream) {
          Decoding without = new Decoding(1f, decoding.topK(), decoding.topP());
          return right.sample(count, without, stream);
        }
      };
    }
  }

  @Test
  @DisplayName("ignores the temperature")
  void ignoresTheTemperature() {
    assertFinds(
        IgnoresTheTemperature.class, SAMPLING, DISAGREE + "sample (temperature 0.5, top-k 0");
  }

  // ---- training ----

  /** Training that is right, but for what becomes of the step. */
  abstract static class WrongTraining extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
          return spoiled(right, () -> right.trainMaximumLikelihood(batch, truth, stream));
        }

        @Override
        public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
          return spoiled(right, () -> right.trainPolicyGradient(batch, rewards, temperature));
        }
      };
    }

    Step spoiled(Generator right, Supplier<Step> train) {
      NamedArrays before = right.parameters();
      Step step = train.get();
      NamedArrays after = right.parameters();
      Map<String, FloatArray> moved = new LinkedHashMap<>();
      for (String name : before.names()) {
        float[] values = after.get(name).values();
        for (int i = 0; i < values.length; i++) {
          float from = before.get(name).values()[i];
          values[i] = from + share(name) * (values[i] - from);
        }
        moved.put(name, after.get(name));
      }
      right.setParameters(new NamedArrays(moved));
      return step;
    }

    /** How much of a parameter's step is made. */
    float share(String name) {
      return 1;
    }
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
    assertFinds(
        TrainsTheWrongWay.class,
        LIKELIHOOD_GRADIENT,
        "maximum likelihood: the gradient by ",
        " is not that of the loss: ",
        "worst element ",
        "arrays that disagree: [embedding, lstm.W, lstm.U, lstm.b, logits.W, logits.b]");
    assertFinds(TrainsTheWrongWay.class, POLICY_GRADIENT, "policy gradient: the gradient by ");
    assertFinds(
        TrainsTheWrongWay.class,
        "maximumLikelihoodLearnsABatch",
        "least loss of 20 steps on one batch");
  }

  static class TrainsAllButOneArray extends WrongTraining {
    @Override
    float share(String name) {
      return name.equals("lstm.U") ? 0 : 1;
    }
  }

  @Test
  @DisplayName("has no gradient for one array")
  void trainsAllButOneArray() {
    assertFinds(
        TrainsAllButOneArray.class,
        LIKELIHOOD_GRADIENT,
        "the gradient by lstm.U is not that of the loss",
        "worst element lstm.U[",
        ": training has 0.00000, differences of the loss ",
        "arrays that disagree: [lstm.U] of ");
  }

  static class TrainsOneArrayTooLittle extends WrongTraining {
    @Override
    float share(String name) {
      return name.equals("logits.b") ? 0.9f : 1;
    }
  }

  @Test
  @DisplayName("has a gradient that is a tenth too small for one array")
  void trainsOneArrayTooLittle() {
    assertFinds(
        TrainsOneArrayTooLittle.class,
        POLICY_GRADIENT,
        "the gradient by logits.b is not that of the loss",
        "arrays that disagree: [logits.b] of ");
  }

  private static final OptimizerOptions OWN = new OptimizerOptions(0.05f, 0.9f, 0.999f, 1e-8f, 5f);

  static class RightWithItsOwnOptimizer extends WrongLstm {
    @Override
    OptimizerOptions adam() {
      return OWN;
    }
  }

  static class TrainsAllButOneArrayInItsOwnWay extends TrainsAllButOneArray {
    @Override
    OptimizerOptions adam() {
      return OWN;
    }
  }

  @Test
  @DisplayName("has no gradient for one array, and an optimiser of its own")
  void trainsAllButOneArrayInItsOwnWay() {
    assertThat(ContractRun.of(RightWithItsOwnOptimizer.class).failures()).isEmpty();
    assertFinds(
        TrainsAllButOneArrayInItsOwnWay.class,
        LIKELIHOOD_GRADIENT,
        "the gradient by lstm.U is not that of the loss",
        "training moved it by 0.00000");
  }

  static class TellsTheClippedNorm extends WrongTraining {
    @Override
    Step spoiled(Generator right, Supplier<Step> train) {
      Step step = train.get();
      return Step.of(step.loss(), Math.min(step.gradientNorm(), 0.01));
    }
  }

  @Test
  @DisplayName("tells the norm of the gradient after clipping")
  void tellsTheClippedNorm() {
    assertFinds(
        TellsTheClippedNorm.class,
        LIKELIHOOD_GRADIENT,
        "for the norm of all gradients together, before clipping, found 0.01");
  }

  static class TrainsOnWhatFollowsTheEnd extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
          return right.trainMaximumLikelihood(asIfNoneHadEnded(batch), truth, stream);
        }

        @Override
        public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
          return right.trainPolicyGradient(asIfNoneHadEnded(batch), rewards, temperature);
        }
      };
    }
  }

  @Test
  @DisplayName("trains on what follows the end")
  void trainsOnWhatFollowsTheEnd() {
    assertFinds(TrainsOnWhatFollowsTheEnd.class, LIKELIHOOD_GRADIENT, "is not that of the loss");
    assertFinds(TrainsOnWhatFollowsTheEnd.class, "rewardsAfterTheEndDoNotCount", "");
    assertFinds(
        TrainsOnWhatFollowsTheEnd.class,
        "theLossOfABatchIsTheMeanOverTheTokensOfItsSequencesOneByOne",
        "");
  }

  static class RewardsTheNextToken extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
          float[] late = new float[rewards.values().length];
          System.arraycopy(rewards.values(), 0, late, 1, late.length - 1);
          return right.trainPolicyGradient(
              batch, new TokenValues(rewards.count(), rewards.time(), late), temperature);
        }
      };
    }
  }

  @Test
  @DisplayName("gives a token's reward to the next one")
  void rewardsTheNextToken() {
    assertFinds(RewardsTheNextToken.class, POLICY_GRADIENT, "is not that of the loss");
    assertFinds(
        RewardsTheNextToken.class,
        "policyGradientMakesRewardedSequencesMoreProbable",
        "loss of a step");
  }

  static class TrainsAtOneTemperature extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
          return right.trainPolicyGradient(batch, rewards, 1f);
        }
      };
    }
  }

  @Test
  @DisplayName("draws at a temperature and learns as if it was 1")
  void trainsAtOneTemperature() {
    assertFinds(
        TrainsAtOneTemperature.class,
        "thePolicyGradientAtATemperatureIsThatOfItsLoss",
        "policy gradient at temperature 0.6");
    assertFinds(
        TrainsAtOneTemperature.class,
        "aRewardOfOneForEveryTokenHasNoGradientAtAnyTemperature",
        "norm of the mean gradient at temperature 0.6");
  }

  // ---- state and parameters ----

  static class ForgetsItsOptimizer extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
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

  static class SavesNoOptimizer extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public NamedArrays optimizerState() {
          return new NamedArrays(Map.of());
        }

        @Override
        public void setOptimizerState(NamedArrays state) {}
      };
    }
  }

  @Test
  @DisplayName("has no state of its optimiser to save")
  void savesNoOptimizer() {
    assertFinds(
        SavesNoOptimizer.class,
        "resumesTrainingExactly",
        "after a step from parameters and optimiser state that were saved");
  }

  static class MovesAtAnotherRate extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public void moveTowards(Generator other, float fraction) {
          super.moveTowards(other, fraction * fraction);
        }
      };
    }
  }

  @Test
  @DisplayName("moves towards another at a wrong rate")
  void movesAtAnotherRate() {
    assertFinds(MovesAtAnotherRate.class, "movesTowardsAnother", "moved by a fraction of 0.25");
  }

  static class KeepsWhatItIsGiven extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        private Optional<NamedArrays> given = Optional.empty();

        @Override
        public void setParameters(NamedArrays parameters) {
          right.setParameters(parameters);
          given = Optional.of(parameters);
        }

        @Override
        public NamedArrays parameters() {
          given.ifPresent(right::setParameters);
          return right.parameters();
        }
      };
    }
  }

  @Test
  @DisplayName("keeps the arrays that it is given")
  void keepsWhatItIsGiven() {
    assertFinds(
        KeepsWhatItIsGiven.class,
        "parametersRoundTrip",
        "setParameters must copy, but it keeps the arrays");
  }

  static class HandsOutItsOwnArrays extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        private Optional<NamedArrays> own = Optional.empty();

        @Override
        public NamedArrays parameters() {
          own = Optional.of(own.orElseGet(right::parameters));
          return own.get();
        }

        @Override
        public void setParameters(NamedArrays parameters) {
          right.setParameters(parameters);
          own = Optional.empty();
        }
      };
    }
  }

  @Test
  @DisplayName("hands out its own arrays")
  void handsOutItsOwnArrays() {
    assertFinds(
        HandsOutItsOwnArrays.class,
        "parametersRoundTrip",
        "parameters() must give a copy, but its arrays are the model's");
  }

  // ---- what it asks of the backend ----

  static class ReadsTwice extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Completions complete(
            Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
          right.logProbabilities(sequences);
          return right.complete(sequences, copies, decoding, stream);
        }
      };
    }
  }

  @Test
  @DisplayName("reads more than its tokens when it completes")
  void readsTwice() {
    assertFinds(
        ReadsTwice.class, "tokensAreReadOnce", "reads of complete, of which TOKENS_READ_ONCE");
  }

  static class LooksAtItsLoss extends WrongLstm {
    @Override
    Generator spoiled(Generator lstm, Vocabulary vocabulary) {
      return new WrongGenerator(lstm) {
        @Override
        public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
          Step step = right.trainMaximumLikelihood(batch, truth, stream);
          return Step.of(step.loss(), step.gradientNorm());
        }

        @Override
        public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
          Step step = right.trainPolicyGradient(batch, rewards);
          return Step.of(step.loss(), step.gradientNorm());
        }
      };
    }
  }

  @Test
  @DisplayName("looks at its loss in each step")
  void looksAtItsLoss() {
    assertFinds(
        LooksAtItsLoss.class,
        "aStepOfMaximumLikelihoodAsksLittleOfTheBackend",
        "of maximum likelihood, of which LIKELIHOOD_WITHOUT_READS allows 0");
    assertFinds(
        LooksAtItsLoss.class,
        "aStepOfPolicyGradientAsksLittleOfTheBackend",
        "of policy gradient, of which POLICY_GRADIENT_WITHOUT_READS allows 0");
  }

  static class SaysItReads extends Right {
    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.TOKENS_READ_ONCE);
    }
  }

  @Test
  @DisplayName("is said to read oftener than it does")
  void saysItReads() {
    assertFinds(SaysItReads.class, "tokensAreReadOnce", "has more than 1: TOKENS_READ_ONCE");
  }
}
