package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * What every generator must do. Extend it and implement {@link #create}; say what yours {@link
 * #lacks}, if anything.
 *
 * <p>Sampling, roll-outs, likelihoods and gradients are held against one another at parameters that
 * the contract draws from N(0, 1), array by array: models start near zero, where every token is
 * about as probable as any other and nothing shows. Where one draw may hide something, there are
 * several. The vocabulary and the length are so small that every sequence can be written down, so
 * that the distribution of the next token is known after every prefix.
 *
 * <p>All random numbers come from one seed, which every failure names. It is 1 unless the system
 * property {@code seqgan.contract.seed} says otherwise.
 */
@ExtendWith(ContractSeed.class)
public abstract class GeneratorContract {
  private static final int TIME = 4;
  private static final Vocabulary FIXED_LENGTH = Vocabulary.fixedLength(3, 0);
  private static final Vocabulary VARIABLE_LENGTH = new Vocabulary(3, 1, OptionalInt.of(2));
  private static final List<Vocabulary> VOCABULARIES = List.of(FIXED_LENGTH, VARIABLE_LENGTH);

  private static final List<Decoding> DECODINGS =
      List.of(
          Decoding.SAMPLE,
          Decoding.atTemperature(0.5f),
          new Decoding(1.5f, 2, 1f),
          new Decoding(1f, 0, 0.8f));

  /** Of parameters. With half, a deep model has more of a choice. */
  private static final double[] DEVIATIONS = {1, 1, 0.5};

  private final OfferedOptimizer optimizers =
      new OfferedOptimizer(new OptimizerOptions(0.05f, 0.9f, 0.999f, 1e-8f, 5f));
  private TensorBackend backend;

  /** What a generator may lack. */
  public enum Capability {
    /**
     * It has parameters, and both kinds of training change them. Without, a step tells the loss and
     * a norm of 0, and changes nothing.
     */
    LEARNS,

    /**
     * Maximum likelihood follows the gradient of its loss. Without, it fits its parameters to the
     * batch in another way, such as by counting.
     */
    LIKELIHOOD_GRADIENT,

    /**
     * A step of maximum likelihood, with true input tokens, waits for nothing: what it tells is on
     * its way.
     */
    LIKELIHOOD_WITHOUT_READS,

    /** The same of a step of policy gradient. */
    POLICY_GRADIENT_WITHOUT_READS,

    /**
     * Its forward function can be trained by a loss of somebody's own ({@link Generator#onTape}).
     */
    ON_TAPE,

    /** A batch of samples or of completions stays in the backend until it is read, once. */
    TOKENS_READ_ONCE,

    /**
     * From the third step on with batches of one size, a step needs no buffer of a size that those
     * before it have not given back.
     */
    STEADY_MEMORY
  }

  /**
   * A new generator with initial parameters, the same for the same seed. Make it with {@link
   * #optimizer} for both kinds of training; with an optimiser of its own, its step size should be
   * such that twenty steps on one batch are felt. Without dropout, if it has any: what it computes
   * must be the same in training.
   */
  protected abstract Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed);

  /**
   * The optimiser to create the generator with. The contract chooses it such that it can read the
   * gradient from a step and compare every array's. Of a generator with an optimiser of its own it
   * sees the norm of the gradient and the direction of each parameter's step.
   */
  protected final OptimizerOptions optimizer() {
    return optimizers.take();
  }

  /**
   * What this generator does not do. The contract then requires that it does not: a declaration
   * that is not true fails.
   */
  protected Set<Capability> lacks() {
    return Set.of();
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
  final void closedGeneratorsLeaveNothing() {
    try (TensorBackend closing = backend) {
      assertThat(closing.memory().liveTensors()).as("tensors left").isZero();
      assertThat(closing.memory().liveBytes()).as("bytes left").isZero();
    }
  }

  /** With its initial parameters. */
  private Generator create(Vocabulary vocabulary, long number) {
    return create(backend, vocabulary, TIME, ContractSeed.of(number));
  }

  /** With parameters from N(0, 1), the same for the same number. */
  private Generator createNormal(Vocabulary vocabulary, long number) {
    return createNormal(vocabulary, 1, number);
  }

  private Generator createNormal(Vocabulary vocabulary, double deviation, long number) {
    Generator generator = create(vocabulary, number);
    NormalParameters.give(
        generator, deviation, ContractSeed.stream("parameters").split("model", number));
    return generator;
  }

  private boolean has(Capability capability) {
    return !lacks().contains(capability);
  }

  private static Offset<Float> rounding(float value) {
    return Offset.offset(1e-5f * Math.max(1, Math.abs(value)));
  }

  private static Offset<Double> near(double value, double tolerance) {
    return Offset.offset(tolerance * Math.max(1, Math.abs(value)));
  }

  private static RandomStream stream() {
    return ContractSeed.stream("sampling");
  }

  // ---- sampling ----

  @Test
  final void samplesAreSequencesOfTheVocabulary() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = createNormal(vocabulary, 1)) {
        Sequences samples = generator.sample(67, Decoding.SAMPLE, stream());
        assertThat(samples.count()).isEqualTo(67);
        assertThat(samples.time()).isEqualTo(TIME);
        SequenceChecks.assertFit("the samples", samples, vocabulary);
      }
    }
  }

  @Test
  final void aSampleDependsOnStreamAndIndexAlone() {
    try (Generator generator = createNormal(VARIABLE_LENGTH, 1)) {
      Sequences many = generator.sample(67, Decoding.SAMPLE, stream());
      for (int count : new int[] {1, 13, 66}) {
        Sequences few = generator.sample(count, Decoding.SAMPLE, stream());
        assertThat(few).as("the first %d", count).isEqualTo(many.slice(0, count));
      }
    }
  }

  @Test
  final void theSameStreamGivesOtherSamplesTheSecondTime() {
    try (Generator generator = create(FIXED_LENGTH, 1)) {
      RandomStream stream = stream();
      Sequences first = generator.sample(67, Decoding.SAMPLE, stream);
      assertThat(generator.sample(67, Decoding.SAMPLE, stream)).isNotEqualTo(first);
    }
  }

  @Test
  final void topOneAlwaysDrawsTheSameSequence() {
    try (Generator generator = createNormal(FIXED_LENGTH, 1)) {
      Sequences samples = generator.sample(13, new Decoding(1f, 1, 1f), stream());
      for (int i = 1; i < samples.count(); i++) {
        assertThat(samples.row(i)).isEqualTo(samples.row(0));
      }
    }
  }

  // ---- probabilities ----

  @Test
  final void probabilitiesOfAllSequencesAddUpToOne() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = createNormal(vocabulary, 2)) {
        KnownLikelihood.of(generator, vocabulary, TIME);
        Sequences all = EverySequence.of(vocabulary, TIME);
        TokenValues values = generator.logProbabilities(all);
        double sum = 0;
        for (int i = 0; i < all.count(); i++) {
          sum += Math.exp(values.sum(i));
        }
        assertThat(sum).as("%s", vocabulary).isCloseTo(1, Offset.offset(1e-4));
      }
    }
  }

  @Test
  final void theDistributionOfTheNextTokenIsThatOfTheLikelihood() {
    forSomeParameters(
        (generator, vocabulary) -> {
          Sequences all = EverySequence.of(vocabulary, TIME);
          int[] cells = NextTokens.everyCell(all);
          NextTokenCheck check =
              new NextTokenCheck(KnownLikelihood.of(generator, vocabulary, TIME), all, cells);
          NextTokens.forEach(generator, all, cells, check);
          check.assertSeenAll();
        });
  }

  @Test
  final void theDistributionsOfTheNextTokenComeInTheOrderOfTheirCells() {
    try (Generator generator = createNormal(VARIABLE_LENGTH, 25)) {
      Sequences all = EverySequence.of(VARIABLE_LENGTH, TIME);
      int[] cells = NextTokens.everyCell(all);
      int[] some = {cells[7], cells[2], cells[7], cells[cells.length - 1], cells[0]};
      NextTokenCheck check =
          new NextTokenCheck(KnownLikelihood.of(generator, VARIABLE_LENGTH, TIME), all, some);
      check.accept(generator.nextTokens(all, some));
      check.assertSeenAll();
    }
  }

  @Test
  final void noTokenComesAfterTheEnd() {
    try (Generator generator = create(VARIABLE_LENGTH, 26)) {
      Sequences ended = Sequences.of(new int[] {1, 2, 2, 2}, new int[] {2}, TIME);
      assertThat(generator.nextTokens(ended, new int[] {1}).count()).isEqualTo(1);
      assertThatThrownBy(() -> generator.nextTokens(ended, new int[] {1, 2}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  final void samplesAreAsFrequentAsTheyAreProbable() {
    forSomeParameters(
        (generator, vocabulary) -> {
          KnownLikelihood likelihood = KnownLikelihood.of(generator, vocabulary, TIME);
          RandomStream stream = stream();
          for (Decoding decoding : DECODINGS) {
            int count = decoding.equals(Decoding.SAMPLE) ? 3000 : 1000;
            Sequences samples = generator.sample(count, decoding, stream);
            SequenceChecks.assertFit("the samples", samples, vocabulary);
            DrawnTokens.ofSamples(samples, decoding, vocabulary.size()).assertAgreeWith(likelihood);
          }
        });
  }

  /**
   * Does a check with several draws of parameters: with one alone, a model may happen to have next
   * to no choice, or next to no memory.
   */
  private void forSomeParameters(BiConsumer<Generator, Vocabulary> check) {
    long number = 100;
    for (Vocabulary vocabulary : VOCABULARIES) {
      for (double deviation : DEVIATIONS) {
        try (Generator generator = createNormal(vocabulary, deviation, number++)) {
          check.accept(generator, vocabulary);
        }
      }
    }
  }

  @Test
  final void rowsAreDrawnIndependentlyOfOneAnother() {
    try (Generator generator = create(FIXED_LENGTH, 23)) {
      Sequences samples = generator.sample(4000, Decoding.SAMPLE, stream());
      KnownLikelihood likelihood = KnownLikelihood.of(generator, FIXED_LENGTH, TIME);
      DrawnPairs pairs = new DrawnPairs("neighbouring rows of sample", likelihood.after(List.of()));
      for (int i = 0; i < samples.count(); i += 2) {
        pairs.add(samples.token(i, 0), samples.token(i + 1, 0));
      }
      pairs.assertIndependent();
    }
  }

  // ---- roll-outs ----

  @Test
  final void completionsKeepTheirPrefixes() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = createNormal(vocabulary, 4)) {
        Sequences sequences = generator.sample(5, Decoding.SAMPLE, stream());
        Completions completions = generator.complete(sequences, 3, Decoding.SAMPLE, stream());
        assertThat(completions.copies()).isEqualTo(3);
        assertThat(completions.sequences()).isEqualTo(sequences);
        assertThat(completions.rowCount()).isEqualTo((TIME - 1) * 3 * 5);
        Sequences rows = completions.rows(0, completions.rowCount());
        SequenceChecks.assertFit("the completions", rows, vocabulary);
        for (int row = 0; row < rows.count(); row++) {
          int b = completions.sequence(row);
          for (int t = 0; t < completions.prefixLength(row); t++) {
            assertThat(rows.token(row, t)).isEqualTo(sequences.token(b, t));
          }
        }
      }
    }
  }

  @Test
  final void completionsAreAsFrequentAsTheyAreProbableGivenThePrefix() {
    forSomeParameters(
        (generator, vocabulary) -> {
          KnownLikelihood likelihood = KnownLikelihood.of(generator, vocabulary, TIME);
          Sequences all = EverySequence.of(vocabulary, TIME);
          RandomStream stream = stream();
          for (Decoding decoding : List.of(Decoding.SAMPLE, new Decoding(0.5f, 2, 1f))) {
            int copies = decoding.equals(Decoding.SAMPLE) ? 30 : 10;
            Completions completions = generator.complete(all, copies, decoding, stream);
            SequenceChecks.assertFit(
                "the completions", completions.rows(0, completions.rowCount()), vocabulary);
            DrawnTokens.ofCompletions(completions, decoding, vocabulary.size())
                .assertAgreeWith(likelihood);
          }
        });
  }

  @Test
  final void copiesAreDrawnIndependentlyOfOneAnother() {
    int copies = 2000;
    try (Generator generator = create(FIXED_LENGTH, 24)) {
      Sequences twice = Sequences.ofFullLength(new int[] {1, 2, 0, 1, 1, 2, 0, 1}, TIME);
      Completions completions = generator.complete(twice, copies, Decoding.SAMPLE, stream());
      KnownLikelihood likelihood = KnownLikelihood.of(generator, FIXED_LENGTH, TIME);
      for (int given = 1; given < TIME; given++) {
        double[] next = likelihood.after(EverySequence.prefix(twice, 0, given));
        DrawnPairs ofCopies = new DrawnPairs("copies of one prefix, by complete", next);
        DrawnPairs ofSequences = new DrawnPairs("equal sequences, by complete", next);
        for (int n = 0; n < copies; n += 2) {
          int row = ((given - 1) * copies + n) * twice.count();
          int first = completions.token(row, given);
          ofSequences.add(first, completions.token(row + 1, given));
          ofCopies.add(first, completions.token(row + twice.count(), given));
        }
        ofCopies.assertIndependent();
        ofSequences.assertIndependent();
      }
    }
  }

  // ---- training ----

  @Test
  final void maximumLikelihoodLearnsABatch() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = create(vocabulary, 6)) {
        Sequences batch = generator.sample(7, Decoding.SAMPLE, stream());
        double expected = -generator.logProbabilities(batch).sum() / (double) batch.tokenCount();
        assertLearns(
            expected,
            () -> generator.trainMaximumLikelihood(batch, 1f, stream()),
            () -> -generator.logProbabilities(batch).sum());
      }
    }
  }

  @Test
  final void policyGradientMakesRewardedSequencesMoreProbable() {
    try (Generator generator = create(FIXED_LENGTH, 8)) {
      Sequences batch = Sequences.ofFullLength(new int[] {1, 1, 2, 0, 2, 1, 0, 1}, TIME);
      TokenValues rewards = new TokenValues(2, TIME, new float[] {1, 0.5f, 2, 1, 0, 0, 0, 0});
      assertLearns(
          -weighted(generator.logProbabilities(batch), rewards),
          () -> generator.trainPolicyGradient(batch, rewards),
          () -> -weighted(generator.logProbabilities(batch), rewards));
    }
  }

  /** Some of twenty steps on one batch make the loss smaller; of what does not learn, none. */
  private void assertLearns(double expectedLoss, Supplier<Step> train, DoubleSupplier cost) {
    double before = cost.getAsDouble();
    Step first = train.get();
    assertThat(first.loss()).as("loss of a step").isCloseTo(expectedLoss, near(expectedLoss, 1e-4));
    double least = cost.getAsDouble();
    for (int step = 0; step < 20; step++) {
      assertThat(train.get().loss()).as("loss of a step").isFinite();
      least = Math.min(least, cost.getAsDouble());
    }
    if (has(Capability.LEARNS)) {
      assertThat(first.gradientNorm()).as("norm of the gradient").isPositive().isFinite();
      assertThat(least).as("least loss of 20 steps on one batch").isLessThan(before);
    } else {
      assertThat(first.gradientNorm()).as("norm of no gradient").isZero();
      assertThat(least).as("loss after 20 steps of what lacks LEARNS").isEqualTo(before);
    }
  }

  @Test
  final void scheduledSamplingIsRepeatable() {
    try (Generator first = create(VARIABLE_LENGTH, 7);
        Generator second = create(VARIABLE_LENGTH, 7)) {
      ModelChecks.assertSame(
          "parameters of the same seed", first.parameters(), second.parameters());
      Sequences batch = first.sample(7, Decoding.SAMPLE, stream());
      Step step = first.trainMaximumLikelihood(batch, 0.5f, stream());
      assertThat(second.trainMaximumLikelihood(batch, 0.5f, stream())).isEqualTo(step);
      assertThat(step.loss()).isPositive().isFinite();
      ModelChecks.assertSame(
          "parameters after the same step", first.parameters(), second.parameters());
    }
  }

  @Test
  final void resumesTrainingExactly() {
    try (Generator trained = create(VARIABLE_LENGTH, 9);
        Generator fresh = create(VARIABLE_LENGTH, 10)) {
      Sequences batch = trained.sample(7, Decoding.SAMPLE, stream());
      TokenValues rewards = rewardsOfEveryPosition(batch);
      ModelChecks.assertResumesExactly(
          trained,
          fresh,
          model -> {
            ((Generator) model).trainMaximumLikelihood(batch, 1f, stream());
            ((Generator) model).trainPolicyGradient(batch, rewards);
          });
    }
  }

  // ---- losses of somebody's own ----

  @Test
  final void aLossOfSomebodysOwnIsThatOfTheForwardFunction() {
    Sequences batch = EverySequence.of(VARIABLE_LENGTH, TIME);
    try (Generator generator = create(VARIABLE_LENGTH, 29)) {
      Optional<OnTape<AutoregressiveModel>> onTape = generator.onTape(optimizers.plain());
      if (!has(Capability.ON_TAPE)) {
        assertThat(onTape).as("onTape() of what lacks ON_TAPE").isEmpty();
        return;
      }
      OwnLikelihood own = new OwnLikelihood(onTape.orElseThrow(), VARIABLE_LENGTH);
      assertThat(own.names())
          .as("parameters of the forward function")
          .containsExactlyInAnyOrderElementsOf(generator.parameters().names());
      double before = -generator.logProbabilities(batch).sum() / batch.tokenCount();
      assertThat(own.loss(batch)).isCloseTo(before, near(before, 1e-4));
      Step first = own.train(batch, stream());
      assertThat(first.loss()).isCloseTo(before, near(before, 1e-4));
      assertThat(first.gradientNorm()).isPositive().isFinite();
      double least = own.loss(batch);
      for (int step = 0; step < 20; step++) {
        own.train(batch, stream());
        least = Math.min(least, own.loss(batch));
      }
      assertThat(least).as("least loss of 20 steps on one batch").isLessThan(before);
    }
  }

  /** Tokens read one by one give the states of whole sequences, as ids and as one-hot weights. */
  @Test
  final void stepsOnTheTapeGiveTheStatesOfWholeSequences() {
    assumeTrue(has(Capability.ON_TAPE), "lacks ON_TAPE, which is required of it elsewhere");
    Sequences all = EverySequence.of(VARIABLE_LENGTH, TIME);
    Sequences batch =
        all.select(IntStream.range(0, all.count()).filter(i -> all.length(i) == TIME).toArray());
    try (Generator generator = create(VARIABLE_LENGTH, 32)) {
      OwnLikelihood own =
          new OwnLikelihood(generator.onTape(optimizers.plain()).orElseThrow(), VARIABLE_LENGTH);
      float[] whole = own.states(batch);
      double largest = 0;
      for (float value : whole) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (boolean relaxed : new boolean[] {false, true}) {
        float[] steps = own.statesByStep(batch, relaxed);
        assertThat(steps).hasSameSizeAs(whole);
        for (int i = 0; i < whole.length; i++) {
          assertThat((double) steps[i])
              .as("state %d by steps, %s", i, relaxed ? "of one-hot weights" : "of ids")
              .isCloseTo(whole[i], offset(1e-4 * Math.max(1e-3, largest)));
        }
      }
    }
  }

  @Test
  final void resumesALossOfSomebodysOwnExactly() {
    assumeTrue(has(Capability.ON_TAPE), "lacks ON_TAPE, which is required of it elsewhere");
    Sequences batch = EverySequence.of(VARIABLE_LENGTH, TIME);
    try (Generator trained = create(VARIABLE_LENGTH, 30);
        Generator fresh = create(VARIABLE_LENGTH, 31)) {
      OwnLikelihood ofTrained =
          new OwnLikelihood(trained.onTape(optimizers.plain()).orElseThrow(), VARIABLE_LENGTH);
      OwnLikelihood ofFresh =
          new OwnLikelihood(fresh.onTape(optimizers.plain()).orElseThrow(), VARIABLE_LENGTH);
      ModelChecks.assertResumesExactly(
          trained, fresh, model -> (model == trained ? ofTrained : ofFresh).train(batch, stream()));
    }
  }

  // ---- what it asks of the backend ----

  @Test
  final void tokensAreReadOnce() {
    CountingBackend counting = CountingBackend.of(backend);
    try (Generator generator = create(counting.backend(), VARIABLE_LENGTH, 27)) {
      // Of every length: of sequences that have all ended, nothing is read.
      Sequences batch = everyThirdSequence();
      asks(
          Capability.TOKENS_READ_ONCE,
          "reads of complete",
          counting.during(() -> generator.complete(batch, 3, Decoding.SAMPLE, stream())).reads(),
          1);
      asks(
          Capability.TOKENS_READ_ONCE,
          "reads of sample",
          counting.during(() -> generator.sample(7, Decoding.SAMPLE, stream())).reads(),
          1);
    }
  }

  @Test
  final void aStepOfMaximumLikelihoodAsksLittleOfTheBackend() {
    assertAsksLittle(
        Capability.LIKELIHOOD_WITHOUT_READS,
        "maximum likelihood",
        (generator, batch) -> generator.trainMaximumLikelihood(batch, 1f, stream()));
  }

  @Test
  final void aStepOfPolicyGradientAsksLittleOfTheBackend() {
    assertAsksLittle(
        Capability.POLICY_GRADIENT_WITHOUT_READS,
        "policy gradient",
        (generator, batch) -> generator.trainPolicyGradient(batch, rewardsOfEveryPosition(batch)));
  }

  private void assertAsksLittle(
      Capability withoutReads, String training, BiConsumer<Generator, Sequences> step) {
    CountingBackend counting = CountingBackend.of(backend);
    try (Generator generator = create(counting.backend(), VARIABLE_LENGTH, 28)) {
      Sequences all = EverySequence.of(VARIABLE_LENGTH, TIME);
      step.accept(generator, all.slice(0, 5));
      step.accept(generator, all.slice(1, 6));
      CountingBackend.Traffic third =
          counting.during(() -> step.accept(generator, all.slice(2, 7)));
      asks(withoutReads, "reads of a step of " + training, third.reads(), 0);
      asks(
          Capability.STEADY_MEMORY,
          "new buffers of the third step of " + training,
          third.newBuffers(),
          0);
    }
  }

  private void asks(Capability capability, String what, int found, int most) {
    Allowance.assertKept(has(capability), capability, what, found, most);
  }

  private Generator create(TensorBackend on, Vocabulary vocabulary, long number) {
    return create(on, vocabulary, TIME, ContractSeed.of(number));
  }

  // ---- sequences of unequal length ----

  @Test
  final void aPrefixThatHasEndedIsCompletedByItself() {
    try (Generator generator = createNormal(VARIABLE_LENGTH, 16)) {
      Sequences sequences = EverySequence.of(VARIABLE_LENGTH, TIME);
      Completions completions = generator.complete(sequences, 2, Decoding.SAMPLE, stream());
      Sequences rows = completions.rows(0, completions.rowCount());
      int ended = 0;
      for (int row = 0; row < rows.count(); row++) {
        int b = completions.sequence(row);
        if (completions.prefixLength(row) >= sequences.length(b)) {
          assertThat(rows.row(row)).as("sequence %d", b).isEqualTo(sequences.row(b));
          ended++;
        }
      }
      assertThat(ended).as("prefixes that had ended").isPositive();
    }
  }

  @Test
  final void logProbabilitiesOfASequenceDoNotDependOnItsBatch() {
    try (Generator generator = createNormal(VARIABLE_LENGTH, 17)) {
      Sequences batch = EverySequence.of(VARIABLE_LENGTH, TIME);
      TokenValues together = generator.logProbabilities(batch);
      for (int i = 0; i < batch.count(); i++) {
        TokenValues alone = generator.logProbabilities(batch.slice(i, i + 1));
        for (int t = 0; t < TIME; t++) {
          assertThat(alone.get(0, t))
              .as("token %d of sequence %d", t, i)
              .isCloseTo(together.get(i, t), rounding(together.get(i, t)));
        }
      }
    }
  }

  @Test
  final void theLossOfABatchIsTheMeanOverTheTokensOfItsSequencesOneByOne() {
    Sequences batch = EverySequence.of(VARIABLE_LENGTH, TIME);
    double sum = 0;
    for (int i = 0; i < batch.count(); i++) {
      try (Generator alone = createNormal(VARIABLE_LENGTH, 18)) {
        Step step = alone.trainMaximumLikelihood(batch.slice(i, i + 1), 1f, stream());
        sum += step.loss() * batch.length(i);
      }
    }
    try (Generator generator = createNormal(VARIABLE_LENGTH, 18)) {
      assertThat(generator.trainMaximumLikelihood(batch, 1f, stream()).loss())
          .isCloseTo(sum / batch.tokenCount(), near(sum / batch.tokenCount(), 1e-5));
    }
  }

  @Test
  final void thePolicyGradientLossOfABatchIsTheSumOfThoseOfItsSequencesOneByOne() {
    Sequences batch = EverySequence.of(VARIABLE_LENGTH, TIME);
    TokenValues rewards = rewardsOfEveryPosition(batch);
    double sum = 0;
    for (int i = 0; i < batch.count(); i++) {
      try (Generator alone = createNormal(VARIABLE_LENGTH, 19)) {
        float[] own = Arrays.copyOfRange(rewards.values(), i * TIME, (i + 1) * TIME);
        Sequences one = batch.slice(i, i + 1);
        sum += alone.trainPolicyGradient(one, new TokenValues(1, TIME, own)).loss();
      }
    }
    try (Generator generator = createNormal(VARIABLE_LENGTH, 19)) {
      assertThat(generator.trainPolicyGradient(batch, rewards).loss())
          .isCloseTo(sum, near(sum, 1e-4));
    }
  }

  /** Rewards of both signs, after the ends of sequences too, where they must not count. */
  private static TokenValues rewardsOfEveryPosition(Sequences batch) {
    float[] values = new Numbers(ContractSeed.of(20)).symmetric(batch.tokens().length);
    return new TokenValues(batch.count(), TIME, values);
  }

  @Test
  final void rewardsAfterTheEndDoNotCount() {
    Sequences batch = EverySequence.of(VARIABLE_LENGTH, TIME);
    TokenValues rewards = rewardsOfEveryPosition(batch);
    float[] ended = rewards.values().clone();
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(ended, i * TIME + batch.length(i), (i + 1) * TIME, 0f);
    }
    try (Generator one = createNormal(VARIABLE_LENGTH, 20);
        Generator other = createNormal(VARIABLE_LENGTH, 20)) {
      Step expected = one.trainPolicyGradient(batch, new TokenValues(batch.count(), TIME, ended));
      assertThat(other.trainPolicyGradient(batch, rewards)).isEqualTo(expected);
      ModelChecks.assertSame(
          "parameters after the same step", one.parameters(), other.parameters());
    }
  }

  @Test
  final void theGradientOfAPaddedBatchIsThatOfItsLoss() {
    Sequences batch = everyThirdSequence();
    try (Generator generator = optimizers.readable(() -> createNormal(VARIABLE_LENGTH, 21))) {
      TrainingStep step =
          new TrainingStep(
              "maximum likelihood",
              generator,
              optimizers,
              () -> generator.trainMaximumLikelihood(batch, 1f, stream()),
              () -> -generator.logProbabilities(batch).sum() / batch.tokenCount());
      if (has(Capability.LIKELIHOOD_GRADIENT)) {
        step.requireThatItFollows();
      } else {
        step.requireThatItDoesNotFollow();
      }
    }
  }

  @Test
  final void thePolicyGradientOfAPaddedBatchIsThatOfItsLoss() {
    Sequences batch = everyThirdSequence();
    TokenValues rewards = rewardsOfEveryPosition(batch);
    try (Generator generator = optimizers.readable(() -> createNormal(VARIABLE_LENGTH, 22))) {
      new TrainingStep(
              "policy gradient",
              generator,
              optimizers,
              () -> generator.trainPolicyGradient(batch, rewards),
              () -> -weighted(generator.logProbabilities(batch), rewards))
          .requireThatItFollows();
    }
  }

  @Test
  final void thePolicyGradientAtATemperatureIsThatOfItsLoss() {
    Sequences batch = everyThirdSequence();
    TokenValues rewards = rewardsOfEveryPosition(batch);
    for (float temperature : new float[] {0.6f, 1.7f}) {
      try (Generator generator = optimizers.readable(() -> createNormal(VARIABLE_LENGTH, 29))) {
        double expected = -weighted(logProbabilities(generator, batch, temperature), rewards);
        Step[] step = new Step[1];
        new TrainingStep(
                "policy gradient at temperature " + temperature,
                generator,
                optimizers,
                () -> step[0] = generator.trainPolicyGradient(batch, rewards, temperature),
                () -> -weighted(logProbabilities(generator, batch, temperature), rewards))
            .requireThatItFollows();
        assertThat(step[0].loss())
            .as("loss of a step at temperature %s", temperature)
            .isCloseTo(expected, near(expected, 1e-4));
      }
    }
  }

  /**
   * The mean of the policy gradient over what the policy draws is 0 where every token has the same
   * reward, since the probabilities of all sequences add up to 1 at any parameters.
   */
  @Test
  final void aRewardOfOneForEveryTokenHasNoGradientAtAnyTemperature() {
    Sequences all = EverySequence.of(VARIABLE_LENGTH, TIME);
    for (float temperature : new float[] {0.6f, 1f, 1.7f}) {
      try (Generator generator = createNormal(VARIABLE_LENGTH, 30)) {
        TokenValues logs = logProbabilities(generator, all, temperature);
        float[] ofSequences = new float[all.tokens().length];
        for (int i = 0; i < all.count(); i++) {
          double log = 0;
          for (int t = 0; t < all.length(i); t++) {
            log += logs.get(i, t);
          }
          Arrays.fill(ofSequences, i * TIME, (i + 1) * TIME, (float) Math.exp(log));
        }
        TokenValues probabilities = new TokenValues(all.count(), TIME, ofSequences);
        assertThat(generator.trainPolicyGradient(all, probabilities, temperature).gradientNorm())
            .as("norm of the mean gradient at temperature %s", temperature)
            .isLessThan(1e-3);
      }
    }
  }

  /** Of each token, from logits divided by the temperature; 0 after the end. */
  private static TokenValues logProbabilities(
      Generator generator, Sequences batch, float temperature) {
    int[] cells = NextTokens.everyCell(batch);
    NextTokens next = generator.nextTokens(batch, cells);
    float[] values = new float[batch.tokens().length];
    for (int row = 0; row < cells.length; row++) {
      double sum = 0;
      for (int v = 0; v < next.vocabularySize(); v++) {
        sum += Math.exp(next.log(row, v) / temperature);
      }
      int token = batch.tokens()[cells[row]];
      values[cells[row]] = (float) (next.log(row, token) / temperature - Math.log(sum));
    }
    return new TokenValues(batch.count(), batch.time(), values);
  }

  /** Of every length: enough for a gradient, which takes many evaluations. */
  private static Sequences everyThirdSequence() {
    Sequences all = EverySequence.of(VARIABLE_LENGTH, TIME);
    return all.select(IntStream.range(0, all.count()).filter(i -> i % 3 == 0).toArray());
  }

  /** The sum of log-probabilities, which are 0 after the end, times weights. */
  private static double weighted(TokenValues logProbabilities, TokenValues weights) {
    double sum = 0;
    for (int at = 0; at < weights.values().length; at++) {
      sum += (double) logProbabilities.values()[at] * weights.values()[at];
    }
    return sum;
  }

  // ---- parameters ----

  @Test
  final void parametersRoundTrip() {
    try (Generator from = create(FIXED_LENGTH, 11);
        Generator to = create(FIXED_LENGTH, 12)) {
      if (has(Capability.LEARNS)) {
        ModelChecks.assertParametersRoundTrip(from, to);
      } else {
        ModelChecks.assertHasNoParameters(from);
      }
      Sequences all = EverySequence.of(FIXED_LENGTH, TIME);
      assertThat(to.logProbabilities(all).values()).isEqualTo(from.logProbabilities(all).values());
    }
  }

  @Test
  final void rejectsParametersOfAnotherModel() {
    try (Generator generator = create(FIXED_LENGTH, 13)) {
      ModelChecks.assertRejectsOtherParameters(generator);
    }
  }

  @Test
  final void movesTowardsAnother() {
    try (Generator generator = create(FIXED_LENGTH, 14);
        Generator other = create(FIXED_LENGTH, 15)) {
      NamedArrays start = generator.parameters();
      generator.moveTowards(other, 0f);
      ModelChecks.assertSame("parameters moved by a fraction of 0", start, generator.parameters());
      generator.moveTowards(other, 0.25f);
      assertBetween(start, other.parameters(), generator.parameters());
      generator.moveTowards(other, 1f);
      ModelChecks.assertSame(
          "parameters moved by a fraction of 1", other.parameters(), generator.parameters());
    }
  }

  private static void assertBetween(NamedArrays start, NamedArrays goal, NamedArrays actual) {
    for (String name : start.names()) {
      float[] from = start.get(name).values();
      for (int i = 0; i < from.length; i++) {
        float expected = 0.75f * from[i] + 0.25f * goal.get(name).values()[i];
        assertThat(actual.get(name).values()[i])
            .as("%s[%d], moved by a fraction of 0.25", name, i)
            .isCloseTo(expected, rounding(expected));
      }
    }
  }
}
