package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * What every generator must do. Extend it and implement {@link #create}. Probabilities are checked
 * on a vocabulary and a length so small that every sequence can be written down.
 */
public abstract class GeneratorContract {
  private static final int TIME = 3;
  private static final Vocabulary FIXED_LENGTH = Vocabulary.fixedLength(3, 0);
  private static final Vocabulary VARIABLE_LENGTH = new Vocabulary(3, 1, OptionalInt.of(2));
  private static final List<Vocabulary> VOCABULARIES = List.of(FIXED_LENGTH, VARIABLE_LENGTH);

  private TensorBackend backend;

  /**
   * A new generator with initial parameters, the same for the same seed. Its step size should be
   * such that twenty steps on one batch are felt.
   */
  protected abstract Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed);

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

  private Generator create(Vocabulary vocabulary, long seed) {
    return create(backend, vocabulary, TIME, seed);
  }

  private static RandomStream stream() {
    return RandomStream.of(7).split("sampling");
  }

  // ---- sampling ----

  @Test
  final void samplesAreSequencesOfTheVocabulary() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = create(vocabulary, 1)) {
        Sequences samples = generator.sample(67, Decoding.SAMPLE, stream());
        assertThat(samples.count()).isEqualTo(67);
        assertThat(samples.time()).isEqualTo(TIME);
        SequenceChecks.assertFit(samples, vocabulary);
      }
    }
  }

  @Test
  final void aSampleDependsOnStreamAndIndexAlone() {
    try (Generator generator = create(VARIABLE_LENGTH, 1)) {
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
    try (Generator generator = create(FIXED_LENGTH, 1)) {
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
      try (Generator generator = create(vocabulary, 2)) {
        Sequences all = everySequence(vocabulary);
        TokenValues values = generator.logProbabilities(all);
        double sum = 0;
        for (int i = 0; i < all.count(); i++) {
          sum += Math.exp(values.sum(i));
        }
        assertThat(sum).as("%s", vocabulary).isCloseTo(1, Offset.offset(1e-4));
        assertLogProbabilities(all, values);
      }
    }
  }

  private static void assertLogProbabilities(Sequences sequences, TokenValues values) {
    assertThat(values.count()).isEqualTo(sequences.count());
    assertThat(values.time()).isEqualTo(sequences.time());
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.time(); t++) {
        float value = values.get(i, t);
        if (t < sequences.length(i)) {
          assertThat(value).as("token %d of sequence %d", t, i).isFinite().isNotPositive();
        } else {
          assertThat(Math.abs(value)).as("after the end of sequence %d", i).isZero();
        }
      }
    }
  }

  @Test
  final void samplesAreAsFrequentAsTheyAreProbable() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = create(vocabulary, 3)) {
        Sequences all = everySequence(vocabulary);
        Sequences samples = generator.sample(20_000, Decoding.SAMPLE, stream());
        assertFrequencies(all, generator.logProbabilities(all), samples);
      }
    }
  }

  private static void assertFrequencies(Sequences all, TokenValues values, Sequences samples) {
    List<List<Integer>> rows =
        IntStream.range(0, all.count()).mapToObj(i -> listOf(all.row(i))).toList();
    int[] counts = new int[all.count()];
    for (int i = 0; i < samples.count(); i++) {
      counts[rows.indexOf(listOf(samples.row(i)))]++;
    }
    double[] logits = IntStream.range(0, all.count()).mapToDouble(values::sum).toArray();
    assertThat(new ExpectedDraws(logits, Decoding.SAMPLE).chiSquaredRatio(counts))
        .as("chi-squared of %s over its critical value", Arrays.toString(counts))
        .isLessThan(1);
  }

  // ---- roll-outs ----

  @Test
  final void completionsKeepTheirPrefixes() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = create(vocabulary, 4)) {
        Sequences sequences = generator.sample(5, Decoding.SAMPLE, stream());
        Completions completions = generator.complete(sequences, 3, Decoding.SAMPLE, stream());
        assertThat(completions.copies()).isEqualTo(3);
        assertThat(completions.sequences()).isEqualTo(sequences);
        assertThat(completions.rowCount()).isEqualTo((TIME - 1) * 3 * 5);
        Sequences rows = completions.rows(0, completions.rowCount());
        SequenceChecks.assertFit(rows, vocabulary);
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
    try (Generator generator = create(FIXED_LENGTH, 5)) {
      Sequences sequences = Sequences.ofFullLength(new int[] {1, 2, 0, 2, 0, 1}, TIME);
      Completions completions = generator.complete(sequences, 10_000, Decoding.SAMPLE, stream());
      for (int b = 0; b < sequences.count(); b++) {
        for (int prefix = 1; prefix < TIME; prefix++) {
          Sequences possible = continuations(sequences, b, prefix);
          Sequences drawn = completionsOf(completions, b, prefix);
          assertFrequencies(possible, generator.logProbabilities(possible), drawn);
        }
      }
    }
  }

  private static Sequences continuations(Sequences sequences, int b, int prefix) {
    Sequences all = everySequence(FIXED_LENGTH);
    return all.select(
        IntStream.range(0, all.count())
            .filter(i -> agree(all.row(i), sequences.row(b), prefix))
            .toArray());
  }

  private static boolean agree(int[] first, int[] second, int prefix) {
    return Arrays.equals(first, 0, prefix, second, 0, prefix);
  }

  private static Sequences completionsOf(Completions completions, int b, int prefix) {
    int rows = completions.rowCount();
    return completions
        .rows(0, rows)
        .select(
            IntStream.range(0, rows)
                .filter(row -> completions.sequence(row) == b)
                .filter(row -> completions.prefixLength(row) == prefix)
                .toArray());
  }

  // ---- training ----

  @Test
  final void maximumLikelihoodLearnsABatch() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      try (Generator generator = create(vocabulary, 6)) {
        Sequences batch = generator.sample(7, Decoding.SAMPLE, stream());
        double expected = -generator.logProbabilities(batch).sum() / (double) batch.tokenCount();
        Step first = generator.trainMaximumLikelihood(batch, 1f, stream());
        assertThat(first.loss()).isCloseTo(expected, Offset.offset(1e-4));
        assertThat(first.gradientNorm()).isPositive().isFinite();
        Step last = first;
        for (int step = 0; step < 20; step++) {
          last = generator.trainMaximumLikelihood(batch, 1f, stream());
        }
        assertThat(last.loss()).as("loss after 20 steps on one batch").isLessThan(first.loss());
      }
    }
  }

  @Test
  final void scheduledSamplingIsRepeatable() {
    try (Generator first = create(VARIABLE_LENGTH, 7);
        Generator second = create(VARIABLE_LENGTH, 7)) {
      ModelChecks.assertSame(first.parameters(), second.parameters());
      Sequences batch = first.sample(7, Decoding.SAMPLE, stream());
      Step step = first.trainMaximumLikelihood(batch, 0.5f, stream());
      assertThat(second.trainMaximumLikelihood(batch, 0.5f, stream())).isEqualTo(step);
      assertThat(step.loss()).isPositive().isFinite();
      ModelChecks.assertSame(first.parameters(), second.parameters());
    }
  }

  @Test
  final void policyGradientMakesRewardedSequencesMoreProbable() {
    try (Generator generator = create(FIXED_LENGTH, 8)) {
      Sequences batch = Sequences.ofFullLength(new int[] {1, 1, 2, 0, 2, 1}, TIME);
      TokenValues rewards = new TokenValues(2, TIME, new float[] {1, 0.5f, 2, 0, 0, 0});
      TokenValues before = generator.logProbabilities(batch);
      double expected = -(before.get(0, 0) + 0.5 * before.get(0, 1) + 2.0 * before.get(0, 2));
      Step first = generator.trainPolicyGradient(batch, rewards);
      assertThat(first.loss()).isCloseTo(expected, Offset.offset(1e-4));
      for (int step = 0; step < 20; step++) {
        generator.trainPolicyGradient(batch, rewards);
      }
      assertThat(generator.logProbabilities(batch).sum(0)).isGreaterThan(before.sum(0));
    }
  }

  @Test
  final void resumesTrainingExactly() {
    try (Generator trained = create(FIXED_LENGTH, 9);
        Generator fresh = create(FIXED_LENGTH, 10)) {
      Sequences batch = trained.sample(7, Decoding.SAMPLE, stream());
      ModelChecks.assertResumesExactly(
          trained, fresh, model -> ((Generator) model).trainMaximumLikelihood(batch, 1f, stream()));
    }
  }

  // ---- sequences of unequal length ----

  @Test
  final void aPrefixThatHasEndedIsCompletedByItself() {
    try (Generator generator = create(VARIABLE_LENGTH, 16)) {
      Sequences sequences = everySequence(VARIABLE_LENGTH);
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
    try (Generator generator = create(VARIABLE_LENGTH, 17)) {
      Sequences batch = everySequence(VARIABLE_LENGTH);
      TokenValues together = generator.logProbabilities(batch);
      for (int i = 0; i < batch.count(); i++) {
        TokenValues alone = generator.logProbabilities(batch.slice(i, i + 1));
        for (int t = 0; t < TIME; t++) {
          assertThat(alone.get(0, t))
              .as("token %d of sequence %d", t, i)
              .isCloseTo(together.get(i, t), Offset.offset(1e-5f));
        }
      }
    }
  }

  @Test
  final void theLossOfABatchIsTheMeanOverTheTokensOfItsSequencesOneByOne() {
    Sequences batch = everySequence(VARIABLE_LENGTH);
    double sum = 0;
    for (int i = 0; i < batch.count(); i++) {
      try (Generator alone = create(VARIABLE_LENGTH, 18)) {
        Step step = alone.trainMaximumLikelihood(batch.slice(i, i + 1), 1f, stream());
        sum += step.loss() * batch.length(i);
      }
    }
    try (Generator generator = create(VARIABLE_LENGTH, 18)) {
      assertThat(generator.trainMaximumLikelihood(batch, 1f, stream()).loss())
          .isCloseTo(sum / batch.tokenCount(), Offset.offset(1e-5));
    }
  }

  @Test
  final void thePolicyGradientLossOfABatchIsTheSumOfThoseOfItsSequencesOneByOne() {
    Sequences batch = everySequence(VARIABLE_LENGTH);
    TokenValues rewards = rewardsOfEveryPosition(batch);
    double sum = 0;
    for (int i = 0; i < batch.count(); i++) {
      try (Generator alone = create(VARIABLE_LENGTH, 19)) {
        float[] own = Arrays.copyOfRange(rewards.values(), i * TIME, (i + 1) * TIME);
        Sequences one = batch.slice(i, i + 1);
        sum += alone.trainPolicyGradient(one, new TokenValues(1, TIME, own)).loss();
      }
    }
    try (Generator generator = create(VARIABLE_LENGTH, 19)) {
      assertThat(generator.trainPolicyGradient(batch, rewards).loss())
          .isCloseTo(sum, Offset.offset(1e-4));
    }
  }

  /** Rewards of both signs, after the ends of sequences too, where they must not count. */
  private static TokenValues rewardsOfEveryPosition(Sequences batch) {
    float[] values = new Numbers(20).symmetric(batch.tokens().length);
    return new TokenValues(batch.count(), TIME, values);
  }

  @Test
  final void rewardsAfterTheEndDoNotCount() {
    Sequences batch = everySequence(VARIABLE_LENGTH);
    TokenValues rewards = rewardsOfEveryPosition(batch);
    float[] ended = rewards.values().clone();
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(ended, i * TIME + batch.length(i), (i + 1) * TIME, 0f);
    }
    try (Generator one = create(VARIABLE_LENGTH, 20);
        Generator other = create(VARIABLE_LENGTH, 20)) {
      Step expected = one.trainPolicyGradient(batch, new TokenValues(batch.count(), TIME, ended));
      assertThat(other.trainPolicyGradient(batch, rewards)).isEqualTo(expected);
      ModelChecks.assertSame(one.parameters(), other.parameters());
    }
  }

  @Test
  final void theGradientOfAPaddedBatchIsThatOfItsLoss() {
    Sequences batch = everySequence(VARIABLE_LENGTH);
    try (Generator generator = create(VARIABLE_LENGTH, 21)) {
      double expected =
          slope(generator, g -> -g.logProbabilities(batch).sum() / batch.tokenCount());
      assertThat(generator.trainMaximumLikelihood(batch, 1f, stream()).gradientNorm())
          .as("norm of the gradient, against finite differences")
          .isCloseTo(expected, Percentage.withPercentage(1));
    }
  }

  @Test
  final void thePolicyGradientOfAPaddedBatchIsThatOfItsLoss() {
    Sequences batch = everySequence(VARIABLE_LENGTH);
    TokenValues rewards = rewardsOfEveryPosition(batch);
    try (Generator generator = create(VARIABLE_LENGTH, 22)) {
      double expected = slope(generator, g -> -weighted(g.logProbabilities(batch), rewards));
      assertThat(generator.trainPolicyGradient(batch, rewards).gradientNorm())
          .as("norm of the gradient, against finite differences")
          .isCloseTo(expected, Percentage.withPercentage(1));
    }
  }

  /** The sum of log-probabilities, which are 0 after the end, times rewards. */
  private static double weighted(TokenValues logProbabilities, TokenValues rewards) {
    double sum = 0;
    for (int at = 0; at < rewards.values().length; at++) {
      sum += (double) logProbabilities.values()[at] * rewards.values()[at];
    }
    return sum;
  }

  /** The norm of a loss' derivative by all parameters, by central differences. */
  private static double slope(Generator generator, ToDoubleFunction<Generator> loss) {
    float step = 1f / 64;
    NamedArrays parameters = generator.parameters();
    double squares = 0;
    for (String name : parameters.names()) {
      float[] values = parameters.get(name).values();
      for (int i = 0; i < values.length; i++) {
        float value = values[i];
        values[i] = value + step;
        generator.setParameters(parameters);
        double above = loss.applyAsDouble(generator);
        values[i] = value - step;
        generator.setParameters(parameters);
        double below = loss.applyAsDouble(generator);
        values[i] = value;
        squares += Math.pow((above - below) / (2 * step), 2);
      }
    }
    generator.setParameters(parameters);
    return Math.sqrt(squares);
  }

  // ---- parameters ----

  @Test
  final void parametersRoundTrip() {
    try (Generator from = create(FIXED_LENGTH, 11);
        Generator to = create(FIXED_LENGTH, 12)) {
      ModelChecks.assertParametersRoundTrip(from, to);
      Sequences all = everySequence(FIXED_LENGTH);
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
      ModelChecks.assertSame(start, generator.parameters());
      generator.moveTowards(other, 0.25f);
      assertBetween(start, other.parameters(), generator.parameters());
      generator.moveTowards(other, 1f);
      ModelChecks.assertSame(other.parameters(), generator.parameters());
    }
  }

  private static void assertBetween(NamedArrays start, NamedArrays goal, NamedArrays actual) {
    for (String name : start.names()) {
      float[] from = start.get(name).values();
      for (int i = 0; i < from.length; i++) {
        float expected = 0.75f * from[i] + 0.25f * goal.get(name).values()[i];
        assertThat(actual.get(name).values()[i])
            .as("%s[%d]", name, i)
            .isCloseTo(expected, Offset.offset(1e-5f * Math.max(1, Math.abs(expected))));
      }
    }
  }

  // ---- every sequence ----

  /** All sequences of {@link #TIME} tokens; of those that differ after their end only, one. */
  private static Sequences everySequence(Vocabulary vocabulary) {
    int size = vocabulary.size();
    int count = (int) Math.pow(size, TIME);
    int[] tokens = new int[count * TIME];
    for (int i = 0; i < count; i++) {
      for (int t = 0, rest = i; t < TIME; t++, rest /= size) {
        tokens[i * TIME + t] = rest % size;
      }
    }
    Sequences all = Sequences.ofSampled(tokens, TIME, vocabulary.endToken());
    Set<List<Integer>> seen = new LinkedHashSet<>();
    return all.select(
        IntStream.range(0, count).filter(i -> seen.add(listOf(all.row(i)))).toArray());
  }

  private static List<Integer> listOf(int[] tokens) {
    return IntStream.of(tokens).boxed().toList();
  }
}
