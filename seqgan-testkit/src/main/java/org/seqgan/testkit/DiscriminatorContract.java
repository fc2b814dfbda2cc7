package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Completions;
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
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * What every discriminator must do. Extend it and implement {@link #create}.
 *
 * <p>Scores and gradients are checked at parameters that the contract draws from a normal
 * distribution, array by array: models start near zero, where all sequences are about as likely to
 * be real and nothing shows. All random numbers come from one seed, which every failure names. It
 * is 1 unless the system property {@code seqgan.contract.seed} says otherwise.
 */
@ExtendWith(ContractSeed.class)
public abstract class DiscriminatorContract {
  private static final int TIME = 6;
  private static final int BATCH = 32;

  /** Enough for a gradient, which takes many evaluations. */
  private static final int FEW = 8;

  private static final Vocabulary VOCABULARY = new Vocabulary(9, 0, OptionalInt.of(8));
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  /** What a discriminator may lack. */
  public enum Capability {
    /**
     * The loss of a step is the cross-entropy of what {@code probabilityReal} gives, and a constant
     * for penalties. With dropout it is not: it depends on the stream.
     */
    LOSS_OF_SCORES,

    /** The sizes of its parameters do not depend on the sequence length. */
    ANY_LENGTH,

    /**
     * Its forward function can be trained by a loss of somebody's own ({@link
     * Discriminator#onTape}).
     */
    ON_TAPE,

    /** It scores every token given its prefix ({@link Discriminator#tokens}). */
    TOKEN_SCORES,

    /** A step on a training set waits for nothing: what it tells is on its way. */
    STEPS_WITHOUT_READS,

    /**
     * A step on a training set brings no more than one array to the backend, the numbers of its
     * rows: the sequences are there already.
     */
    SEQUENCES_UPLOADED_ONCE,

    /**
     * From the third step on a training set with batches of one size, a step needs no buffer of a
     * size that those before it have not given back.
     */
    STEADY_MEMORY
  }

  private final OfferedOptimizer optimizers =
      new OfferedOptimizer(new OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 0f));
  private TensorBackend backend;

  /**
   * A new discriminator with initial parameters, the same for the same seed. Make it with {@link
   * #optimizer}; with an optimiser of its own, its step size should be such that it learns in
   * {@link #trainingSteps()} to tell small token ids from large ones.
   */
  protected abstract Discriminator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed);

  /**
   * The optimiser to create the discriminator with. The contract chooses it such that it can read
   * the gradient from a step and compare every array's. Of a discriminator with an optimiser of its
   * own it sees the norm of the gradient and the direction of each parameter's step.
   */
  protected final OptimizerOptions optimizer() {
    return optimizers.take();
  }

  /**
   * What this discriminator does not have. The contract then requires that it does not: a
   * declaration that is not true fails. Scores or sizes that are not as said, and not declared, are
   * left out, and the test is reported as aborted; what a step asks of the backend is required.
   */
  protected Set<Capability> lacks() {
    return Set.of();
  }

  private boolean has(Capability capability, boolean found) {
    if (lacks().contains(capability)) {
      assertThat(found).as("%s, which lacks() says is lacking", capability).isFalse();
    } else {
      assumeTrue(found, () -> "not checked: " + capability + " is lacking; lacks() should say so");
    }
    return found;
  }

  /** How many batches of 32 sequences the toy problem may take. */
  protected int trainingSteps() {
    return 200;
  }

  /**
   * The most operations of a step on a training set ({@link CountingBackend.Traffic#operations}).
   * The default is enough for one layer of embeddings, convolutions, a highway, dropout and the
   * classes, with their gradients; a deeper model says how many it needs.
   */
  protected int mostOperations() {
    return 22;
  }

  /** The backend to run on: the reference backend unless overridden. The contract closes it. */
  protected TensorBackend openBackend() {
    return new ReferenceBackend(ReferenceOptions.defaults());
  }

  @BeforeEach
  final void openTheBackend() {
    backend = openBackend();
  }

  @AfterEach
  final void closedDiscriminatorsLeaveNothing() {
    try (TensorBackend closing = backend) {
      assertThat(closing.memory().liveTensors()).as("tensors left").isZero();
      assertThat(closing.memory().liveBytes()).as("bytes left").isZero();
    }
  }

  /** With its initial parameters. */
  private Discriminator create(long number) {
    return create(backend, VOCABULARY, TIME, ContractSeed.of(number));
  }

  /** With parameters from N(0, 1), the same for the same number. */
  private Discriminator createNormal(long number) {
    Discriminator discriminator = create(number);
    NormalParameters.give(discriminator, 1, parameters(number));
    return discriminator;
  }

  private static RandomStream parameters(long number) {
    return ContractSeed.stream("parameters").split("model", number);
  }

  /**
   * With parameters from N(0, 1) times that power of two, from 1 to 1/16, which spreads the scores
   * of a batch most: where all are 0 or 1, they tell no more than where all are 1/2.
   */
  private Discriminator createSpread(long number) {
    Discriminator discriminator = create(number);
    Sequences batch = toyBatch(BATCH, number);
    double best = 1;
    double mostSpread = 0;
    for (double deviation = 1; deviation >= 1.0 / 16; deviation /= 2) {
      NormalParameters.give(discriminator, deviation, parameters(number));
      double spread = spread(discriminator.probabilityReal(batch));
      if (spread > mostSpread) {
        best = deviation;
        mostSpread = spread;
      }
    }
    NormalParameters.give(discriminator, best, parameters(number));
    return discriminator;
  }

  private static double spread(float[] probabilities) {
    double sum = 0;
    double squares = 0;
    for (double probability : probabilities) {
      sum += probability;
      squares += probability * probability;
    }
    return squares / probabilities.length - Math.pow(sum / probabilities.length, 2);
  }

  private static RandomStream stream(long step) {
    return ContractSeed.stream("dropout").split("step", step);
  }

  // ---- probabilities ----

  @Test
  final void givesAProbabilityForEachSequence() {
    try (Discriminator discriminator = create(1)) {
      for (int count : new int[] {1, 3, 13, 67}) {
        float[] probabilities = discriminator.probabilityReal(toyBatch(count, 1));
        assertThat(probabilities).hasSize(count);
        for (float probability : probabilities) {
          assertThat(probability).isBetween(0f, 1f);
        }
      }
    }
  }

  @Test
  final void theProbabilityOfASequenceDoesNotDependOnItsBatch() {
    try (Discriminator discriminator = createSpread(2)) {
      Sequences batch = toyBatch(13, 2);
      float[] together = discriminator.probabilityReal(batch);
      for (int i = 0; i < batch.count(); i++) {
        float[] alone = discriminator.probabilityReal(batch.slice(i, i + 1));
        assertThat(together[i])
            .as(
                "probability of sequence %d of a batch, against that of it alone: other sequences, their order and dropout must not matter",
                i)
            .isCloseTo(alone[0], ROUNDING);
      }
      assertThat(discriminator.probabilityReal(batch))
          .as("probabilities of the same batch again")
          .isEqualTo(together);
    }
  }

  @Test
  final void howFarASequenceIsPaddedDoesNotMatter() {
    int further = TIME + 3;
    try (Discriminator discriminator = createSpread(12);
        Discriminator longer = create(backend, VOCABULARY, further, ContractSeed.of(12))) {
      if (!has(Capability.ANY_LENGTH, shapes(longer).equals(shapes(discriminator)))) {
        return;
      }
      longer.setParameters(discriminator.parameters());
      Sequences batch = toyBatch(BATCH, 12);
      float[] padded = longer.probabilityReal(paddedTo(further, batch));
      float[] expected = discriminator.probabilityReal(batch);
      for (int i = 0; i < BATCH; i++) {
        assertThat(padded[i])
            .as(
                "probability of a sequence of %d tokens padded to %d positions, against one padded to %d: padding must not count",
                batch.length(i), further, TIME)
            .isCloseTo(expected[i], ROUNDING);
      }
    }
  }

  private static Map<String, List<Integer>> shapes(Discriminator discriminator) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    discriminator
        .parameters()
        .arrays()
        .forEach((name, array) -> shapes.put(name, Arrays.stream(array.shape()).boxed().toList()));
    return shapes;
  }

  private static Sequences paddedTo(int time, Sequences batch) {
    int[] tokens = new int[batch.count() * time];
    for (int i = 0; i < batch.count(); i++) {
      int[] row = batch.row(i);
      System.arraycopy(row, 0, tokens, i * time, row.length);
      Arrays.fill(tokens, i * time + row.length, (i + 1) * time, row[row.length - 1]);
    }
    return Sequences.of(tokens, batch.lengths(), time);
  }

  @Test
  final void paddingDoesNotMatter() {
    Sequences batch = toyBatch(BATCH, 3);
    Sequences changed = otherwisePadded(batch);
    try (Discriminator one = createSpread(3);
        Discriminator other = createSpread(3)) {
      assertThat(other.probabilityReal(changed)).isEqualTo(one.probabilityReal(batch));
      Step expected = one.train(batch, alternating(), stream(3));
      assertThat(other.train(changed, alternating(), stream(3))).isEqualTo(expected);
      ModelChecks.assertSame(
          "parameters after the same step", one.parameters(), other.parameters());
    }
  }

  /** The same sequences from an array in which no token follows them. */
  private static Sequences otherwisePadded(Sequences batch) {
    int[] otherPadding = batch.tokens().clone();
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(otherPadding, i * TIME + batch.length(i), (i + 1) * TIME, -1);
    }
    return Sequences.of(otherPadding, batch.lengths(), TIME);
  }

  @Test
  final void completionsAreJudgedLikeTheirRows() {
    try (Discriminator discriminator = createSpread(4)) {
      Completions completions = toyCompletions(5, 3, 4);
      int rows = completions.rowCount();
      float[] expected = discriminator.probabilityReal(completions.rows(0, rows));
      assertThat(discriminator.probabilityReal(completions))
          .as("probabilities of completions, against those of their rows")
          .containsExactly(expected, ROUNDING);
    }
  }

  @Test
  final void itsLogOddsAreThoseOfItsProbabilities() {
    try (Discriminator discriminator = createSpread(24)) {
      Sequences batch = toyBatch(67, 24);
      float[] odds = discriminator.logOdds(batch);
      float[] probabilities = discriminator.probabilityReal(batch);
      assertThat(odds).as("log-odds of %d sequences", batch.count()).hasSize(batch.count());
      for (int i = 0; i < batch.count(); i++) {
        assertThat(odds[i]).as("log-odds of sequence %d", i).isFinite();
        assertThat((float) (1 / (1 + Math.exp(-odds[i]))))
            .as("the probability that the log-odds of sequence %d say, against that given", i)
            .isCloseTo(probabilities[i], ROUNDING);
      }
    }
  }

  /** Sequences with tokens at random for what was drawn, end tokens among them. */
  private static Completions toyCompletions(int count, int copies, long seed) {
    Numbers numbers = new Numbers(ContractSeed.of(seed));
    int[][] drawn = new int[TIME - 1][];
    for (int s = 1; s < TIME; s++) {
      drawn[s - 1] = numbers.ids(s * copies * count, VOCABULARY.size());
    }
    Sequences sequences =
        Sequences.ofSampled(
            numbers.ids(count * TIME, VOCABULARY.size()), TIME, VOCABULARY.endToken());
    return new Completions(sequences, copies, drawn, VOCABULARY.endToken());
  }

  // ---- probabilities of tokens ----

  @Test
  final void aTokenIsJudgedByItsPrefixAlone() {
    try (Discriminator discriminator = createSpread(20)) {
      Optional<TokenScorer> tokens = discriminator.tokens();
      if (lacks().contains(Capability.TOKEN_SCORES)) {
        assertThat(tokens).as("tokens() of what lacks TOKEN_SCORES").isEmpty();
        return;
      }
      TokenScorer scorer = tokens.orElseThrow();
      Sequences batch = toyBatch(BATCH, 20);
      TokenValues values = scorer.probabilityReal(batch);
      assertThat(values.count()).as("rows").isEqualTo(BATCH);
      assertThat(values.time()).as("positions").isEqualTo(TIME);
      for (int i = 0; i < BATCH; i++) {
        for (int length = 1; length <= batch.length(i); length++) {
          int[] prefix = Arrays.copyOf(Arrays.copyOf(batch.row(i), length), TIME);
          Sequences cut = Sequences.of(prefix, new int[] {length}, TIME);
          assertThat(values.get(i, length - 1))
              .as(
                  "probability of token %d of sequence %d, against that where nothing follows it: what comes later must not count",
                  length, i)
              .isBetween(0f, 1f)
              .isCloseTo(scorer.probabilityReal(cut).get(0, length - 1), ROUNDING);
        }
      }
    }
  }

  // ---- training ----

  @Test
  final void learnsToTellSmallTokensFromLargeOnes() {
    try (Discriminator discriminator = create(5)) {
      boolean[] real = alternating();
      double firstLoss = 0;
      Step last = Step.of(0, 0);
      for (int step = 0; step < trainingSteps(); step++) {
        last = discriminator.train(toyBatch(BATCH, 100 + step), real, stream(step));
        assertThat(last.loss()).isFinite();
        assertThat(last.gradientNorm()).isFinite().isNotNegative();
        firstLoss = step == 0 ? last.loss() : firstLoss;
      }
      assertThat(last.loss()).as("loss of the last step").isLessThan(firstLoss);
      float[] probabilities = discriminator.probabilityReal(toyBatch(BATCH, 99));
      int right = 0;
      for (int i = 0; i < BATCH; i++) {
        right += (probabilities[i] > 0.5f) == real[i] ? 1 : 0;
      }
      assertThat(right).as("right of %d unseen sequences", BATCH).isGreaterThan(BATCH * 9 / 10);
    }
  }

  private static boolean[] alternating() {
    boolean[] real = new boolean[BATCH];
    for (int i = 0; i < BATCH; i += 2) {
      real[i] = true;
    }
    return real;
  }

  /** Sequences of many lengths: tokens 0 to 3 in even rows, which are real, and 4 to 7 in odd. */
  private static Sequences toyBatch(int count, long seed) {
    Numbers numbers = new Numbers(ContractSeed.of(seed));
    int[] lengths = numbers.lengths(count, TIME);
    int[] tokens = numbers.ids(count * TIME, 4);
    for (int i = 0; i < count; i++) {
      // A sequence of one token would be the end token alone, and tell nothing.
      lengths[i] = Math.max(2, lengths[i]);
      for (int t = 0; t < TIME; t++) {
        int at = i * TIME + t;
        boolean ended = lengths[i] < TIME && t >= lengths[i] - 1;
        tokens[at] = ended ? 8 : tokens[at] + (i % 2 == 0 ? 0 : 4);
      }
    }
    return Sequences.of(tokens, lengths, TIME);
  }

  @Test
  final void trainingIsRepeatable() {
    try (Discriminator first = create(6);
        Discriminator second = create(6)) {
      ModelChecks.assertSame(
          "parameters of the same seed", first.parameters(), second.parameters());
      for (int step = 0; step < 3; step++) {
        Sequences batch = toyBatch(BATCH, step);
        Step expected = first.train(batch, alternating(), stream(step));
        assertThat(second.train(batch, alternating(), stream(step)))
            .as("step %d with the same batch and stream", step)
            .isEqualTo(expected);
      }
      ModelChecks.assertSame(
          "parameters after the same steps", first.parameters(), second.parameters());
    }
  }

  @Test
  final void theGradientOfABatchIsThatOfItsLoss() {
    Sequences batch = toyBatch(FEW, 13);
    try (Discriminator discriminator = optimizers.readable(() -> createNormal(13))) {
      new TrainingStep(
              "training",
              discriminator,
              optimizers,
              () -> trainOnFew(discriminator, batch),
              () -> trainOnFew(discriminator, batch).loss())
          .requireThatItFollows();
    }
  }

  /** A step whose loss has dropout in it: with one stream, the same each time. */
  private static Step trainOnFew(Discriminator discriminator, Sequences batch) {
    return discriminator.train(batch, Arrays.copyOf(alternating(), FEW), stream(13));
  }

  @Test
  final void theLossOfABatchIsTheMeanCrossEntropyOfItsProbabilities() {
    Sequences batch = toyBatch(BATCH, 14);
    boolean[] swapped = new boolean[BATCH];
    for (int i = 0; i < BATCH; i++) {
      swapped[i] = !alternating()[i];
    }
    // At its initial parameters, where no probability is so close to 0 or 1 that its logarithm is
    // lost in float32.
    double first = penalty(batch, alternating(), 1);
    if (!has(Capability.LOSS_OF_SCORES, penalty(batch, alternating(), 2) == first)) {
      return;
    }
    assertThat(penalty(batch, swapped, 1))
        .as("what the loss has beside the cross-entropy, with labels swapped")
        .isCloseTo(first, Offset.offset(1e-4));
    for (int i = 0; i < BATCH; i++) {
      assertThat(penalty(batch.slice(i, i + 1), new boolean[] {i % 2 == 0}, 1))
          .as("what the loss has beside the cross-entropy, for sequence %d alone", i)
          .isCloseTo(first, Offset.offset(1e-4));
    }
  }

  /** Nothing is asked of a discriminator whose steps do not tell it. */
  @Test
  final void theAccuracyThatAStepTellsIsThatOfItsScores() {
    Sequences batch = toyBatch(BATCH, 25);
    boolean[] real = alternating();
    try (Discriminator discriminator = createSpread(25)) {
      float[] odds = discriminator.logOdds(batch);
      Step step = discriminator.train(batch, real, stream(25));
      if (!step.tellsAccuracy()) {
        return;
      }
      if (lacks().contains(Capability.LOSS_OF_SCORES)) {
        assertThat(step.accuracy()).as("accuracy of a step").isBetween(0.0, 1.0);
        return;
      }
      double right = 0;
      for (int i = 0; i < BATCH; i++) {
        right += odds[i] == 0 ? 0.5 : (odds[i] > 0) == real[i] ? 1 : 0;
      }
      assertThat(step.accuracy())
          .as("accuracy of a step, against that of the log-odds before it")
          .isEqualTo(right / BATCH);
    }
  }

  /** What a loss has beside the mean cross-entropy: the same for every batch. */
  private double penalty(Sequences batch, boolean[] real, long stream) {
    try (Discriminator discriminator = create(14)) {
      float[] probabilities = discriminator.probabilityReal(batch);
      double crossEntropy = 0;
      for (int i = 0; i < real.length; i++) {
        crossEntropy -= Math.log(real[i] ? probabilities[i] : 1 - (double) probabilities[i]);
      }
      return discriminator.train(batch, real, stream(stream)).loss() - crossEntropy / real.length;
    }
  }

  // ---- losses of somebody's own ----

  @Test
  final void theForwardFunctionScoresLikeTheDiscriminatorAndIsTrained() {
    Sequences batch = toyBatch(BATCH, 17);
    try (Discriminator discriminator = create(17)) {
      Optional<OnTape<SequenceClassifier>> onTape = discriminator.onTape(optimizers.plain());
      if (lacks().contains(Capability.ON_TAPE)) {
        assertThat(onTape).as("onTape() of what lacks ON_TAPE").isEmpty();
        return;
      }
      OnTape<SequenceClassifier> model = onTape.orElseThrow();
      float[] classes = model.compute(tape -> tape.softmax(logits(model, tape, batch)));
      float[] expected = discriminator.probabilityReal(batch);
      for (int i = 0; i < BATCH; i++) {
        assertThat(classes[2 * i + 1])
            .as("probability of sequence %d by the forward function", i)
            .isCloseTo(expected[i], ROUNDING);
      }
      double before = meanOfReal(discriminator.probabilityReal(batch));
      for (int step = 0; step < 20; step++) {
        Step made = trainTowardsGenerated(model, batch);
        assertThat(made.gradientNorm()).isPositive().isFinite();
      }
      assertThat(meanOfReal(discriminator.probabilityReal(batch)))
          .as("mean probability after 20 steps of a loss that is the mean logit of real")
          .isLessThan(before);
    }
  }

  @Test
  final void resumesALossOfSomebodysOwnExactly() {
    assumeTrue(
        !lacks().contains(Capability.ON_TAPE), "lacks ON_TAPE, which is required of it elsewhere");
    Sequences batch = toyBatch(BATCH, 18);
    try (Discriminator trained = create(18);
        Discriminator fresh = create(19)) {
      OnTape<SequenceClassifier> ofTrained = trained.onTape(optimizers.plain()).orElseThrow();
      OnTape<SequenceClassifier> ofFresh = fresh.onTape(optimizers.plain()).orElseThrow();
      ModelChecks.assertResumesExactly(
          trained,
          fresh,
          model -> trainTowardsGenerated(model == trained ? ofTrained : ofFresh, batch));
    }
  }

  /** A critic's loss: the mean over the batch of the logit of real less that of generated. */
  private static Step trainTowardsGenerated(OnTape<SequenceClassifier> model, Sequences batch) {
    return model.train(
        tape -> {
          Variable logits = logits(model, tape, batch);
          Variable gaps =
              tape.binary(
                  BinaryOperation.SUBTRACT,
                  tape.slice(logits, 1, 1, 2),
                  tape.slice(logits, 1, 0, 1)); // (batch, 1)
          return tape.reduce(Reduction.MEAN, tape.reshape(gaps, batch.count()), 0);
        },
        stream(18));
  }

  private static Variable logits(OnTape<SequenceClassifier> model, Tape tape, Sequences batch) {
    TensorScope scope = tape.scope();
    return model
        .forward()
        .logits(
            tape,
            new Tokens.Ids(scope.ints(batch.tokens(), batch.count(), batch.time())),
            scope.ints(batch.lengths(), batch.count()));
  }

  /** Relaxed tokens whose weights are 1 and 0 are the tokens themselves. */
  @Test
  final void readsRelaxedTokensAsTokens() {
    assumeTrue(
        !lacks().contains(Capability.ON_TAPE), "lacks ON_TAPE, which is required of it elsewhere");
    Sequences batch = toyBatch(BATCH, 23);
    float[] weights = new float[BATCH * batch.time() * VOCABULARY.size()];
    for (int i = 0; i < batch.tokens().length; i++) {
      weights[i * VOCABULARY.size() + batch.tokens()[i]] = 1;
    }
    try (Discriminator discriminator = create(23)) {
      OnTape<SequenceClassifier> model = discriminator.onTape(optimizers.plain()).orElseThrow();
      float[] classes =
          model.compute(
              tape -> {
                TensorScope scope = tape.scope();
                Variable relaxed =
                    tape.constant(scope.tensor(weights, BATCH, batch.time(), VOCABULARY.size()));
                return tape.softmax(
                    model
                        .forward()
                        .logits(
                            tape, new Tokens.Relaxed(relaxed), scope.ints(batch.lengths(), BATCH)));
              });
      float[] expected = discriminator.probabilityReal(batch);
      for (int i = 0; i < BATCH; i++) {
        assertThat(classes[2 * i + 1])
            .as("probability of sequence %d, its tokens as one-hot weights", i)
            .isCloseTo(expected[i], ROUNDING);
      }
    }
  }

  private static double meanOfReal(float[] probabilities) {
    double sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    return sum / probabilities.length;
  }

  // ---- training sets ----

  @Test
  final void aStepOnATrainingSetIsOneOnItsRows() {
    Sequences all = toyBatch(BATCH, 15);
    int[] rows = {3, 0, 31, 8, 17, 3};
    boolean[] real = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      real[i] = alternating()[rows[i]];
    }
    try (Discriminator one = create(15);
        Discriminator other = create(15);
        TrainingSet set = other.trainingSet(all, alternating())) {
      Step expected = one.train(all.select(rows), real, stream(15));
      assertThat(set.train(rows, stream(15)))
          .as("a step on rows of a training set, against one on these sequences")
          .isEqualTo(expected);
      ModelChecks.assertSame(
          "parameters after the same step", one.parameters(), other.parameters());
    }
  }

  @Test
  final void aStepOnATrainingSetAsksLittleOfTheBackend() {
    CountingBackend counting = CountingBackend.of(backend);
    try (Discriminator discriminator =
            create(counting.backend(), VOCABULARY, TIME, ContractSeed.of(16));
        TrainingSet set = discriminator.trainingSet(toyBatch(BATCH, 16), alternating())) {
      set.train(new int[] {0, 3, 31, 7}, stream(1));
      set.train(new int[] {1, 3, 30, 8}, stream(2));
      long before = backend.memory().liveBytes();
      CountingBackend.Traffic third =
          counting.during(() -> set.train(new int[] {2, 3, 29, 9}, stream(3)));
      has(Capability.STEPS_WITHOUT_READS, "reads of a step", third.reads(), 0);
      has(Capability.SEQUENCES_UPLOADED_ONCE, "uploads of a step", third.uploads(), 1);
      has(Capability.STEADY_MEMORY, "new buffers of the third step", third.newBuffers(), 0);
      assertThat(backend.memory().liveBytes())
          .as("bytes held after the third step")
          .isEqualTo(before);
      assertThat(third.operations())
          .as("operations of a step, of which mostOperations() allows %d", mostOperations())
          .isLessThanOrEqualTo(mostOperations());
    }
  }

  private void has(Capability capability, String what, int found, int most) {
    Allowance.assertKept(!lacks().contains(capability), capability, what, found, most);
  }

  @Test
  final void resumesTrainingExactly() {
    try (Discriminator trained = create(7);
        Discriminator fresh = create(8)) {
      Sequences batch = toyBatch(BATCH, 7);
      ModelChecks.assertResumesExactly(
          trained, fresh, model -> ((Discriminator) model).train(batch, alternating(), stream(1)));
    }
  }

  // ---- parameters ----

  @Test
  final void parametersRoundTrip() {
    try (Discriminator from = create(9);
        Discriminator to = create(10)) {
      ModelChecks.assertParametersRoundTrip(from, to);
      Sequences batch = toyBatch(13, 9);
      assertThat(to.probabilityReal(batch)).isEqualTo(from.probabilityReal(batch));
    }
  }

  @Test
  final void rejectsParametersOfAnotherModel() {
    try (Discriminator discriminator = create(11)) {
      ModelChecks.assertRejectsOtherParameters(discriminator);
    }
  }
}
